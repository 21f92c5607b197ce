using Forge.Core.Schema;
using YamlDotNet.RepresentationModel;

namespace Forge.Core.Skills;

/// <summary>Reads the decisions of a manifest and checks what its schema cannot see.</summary>
internal static class SkillDecisionReader
{
    /// <summary>Reads a decision of a manifest that its schema accepts.</summary>
    public static SkillDecision Build(YamlMappingNode node) => new(Texts(node, "ids"), Text(node, "needs")!)
    {
        Name = Text(node, "name") ?? "",
        Action = Text(node, "action"),
        NeedsReboot = Text(node, "needsReboot") == "true",
        Inputs = [.. Maps(node, "inputs").Select(i => new DecisionInput(Text(i, "name")!, Text(i, "description")!, Enum.Parse<DecisionInputType>(Text(i, "type")!, ignoreCase: true))
        {
            Required = Text(i, "required") == "true",
            Example = Text(i, "example") ?? "",
            Pattern = Text(i, "pattern") ?? "",
        })],
    };

    /// <summary>Says what is wrong with the decisions: names given twice, an action without a name, a script that is not there or cannot be parsed.</summary>
    public static IEnumerable<SchemaError> Check(string folder, YamlMappingNode root, string file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var node in Maps(root, "decisions"))
        {
            var key = $"decisions[{number++}]";
            if (Text(node, "name") is { } name && !names.Add(name))
            {
                yield return new SchemaError(file, LineOf(node, "name"), $"{key}.name", $"'{name}' is the name of an earlier decision");
            }

            if (Text(node, "name") is null && (Text(node, "action") is not null || Maps(node, "inputs").Any()))
            {
                yield return new SchemaError(file, LineOf(node, "action"), $"{key}.name", "is required where a decision has inputs or an action");
            }

            foreach (var twice in Maps(node, "inputs").GroupBy(i => Text(i, "name")).Where(g => g.Count() > 1))
            {
                yield return new SchemaError(file, LineOf(twice.Last(), "name"), $"{key}.inputs", $"'{twice.Key}' is given twice");
            }

            if (Text(node, "action") is { } action && SkillScript.FaultOf(folder, action) is { } fault)
            {
                yield return new SchemaError(file, LineOf(node, "action"), $"{key}.action", fault);
            }
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static string[] Texts(YamlMappingNode node, string key) =>
        Child(node, key) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(s => s.Value ?? "")] : [];

    private static IEnumerable<YamlMappingNode> Maps(YamlMappingNode node, string key) => (Child(node, key) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [];

    private static long LineOf(YamlMappingNode node, string key) => node.Children.Keys.FirstOrDefault(k => k is YamlScalarNode s && s.Value == key)?.Start.Line ?? node.Start.Line;
}
