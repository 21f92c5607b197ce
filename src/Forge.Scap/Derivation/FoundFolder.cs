using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>The form in which the content asks whether one folder has the wrong mode: <c>find -P FOLDER -maxdepth 0</c> finds that folder or nothing.</summary>
internal static partial class FoundFolder
{
    /// <summary>Keeps the folder as what the task finds.</summary>
    public static void Note(AnsibleTask task, AnsibleFacts facts)
    {
        if (task.Register is not { } name || task.Module is not ("command" or "shell"))
        {
            return;
        }

        var arguments = new AnsibleArguments(task.Arguments, facts);
        var command = arguments.FreeText.Length > 0 ? arguments.FreeText : arguments.Text("cmd") ?? "";
        var lines = Find().Match(command) is { Success: true } match ? new YamlSequenceNode(new YamlScalarNode(match.Groups["p"].Value)) : null;
        facts.Set($"{name}.stdout_lines", (YamlNode?)lines ?? new YamlScalarNode("{{ unknown }}"));
    }

    [GeneratedRegex(@"^find\s+(?:-[PHL]\s+)?(?<p>/\S+)\s+-maxdepth 0\s[^|;]*$", RegexOptions.Singleline)]
    private static partial Regex Find();
}
