using System.Globalization;
using Forge.Core.Errors;
using Forge.Core.Targets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Forge.Targets.Inventory;

/// <summary>Reads <c>targets.yaml</c>; what is wrong is named with file, line and key. The rules are those of <c>targets.schema.json</c>.</summary>
internal sealed class InventoryReader(string path)
{
    private static readonly string[] Keys =
    [
        "transport", "hostName", "port", "userName", "keyFilePath", "sudoPasswordFile", "knownHostsFile", "options", "tags", "lab", "connectingTimeout",
    ];

    /// <summary>Reads the text.</summary>
    /// <exception cref="ForgeException">Id <c>InventoryInvalid</c>.</exception>
    public IReadOnlyList<InventoryEntry> Read(string text)
    {
        var root = Root(text);
        if (root is null)
        {
            return [];
        }

        foreach (var (key, _) in root.Children)
        {
            if (Text(key) is not "targets" && !Text(key).StartsWith("x-", StringComparison.Ordinal))
            {
                throw Invalid(key, Text(key), "is no key of this file", "Put the machines under 'targets:'.");
            }
        }

        if (!root.Children.TryGetValue(new YamlScalarNode("targets"), out var targets) || targets is YamlScalarNode { Value: null or "" or "~" or "null" })
        {
            return [];
        }

        if (targets is not YamlMappingNode mapping)
        {
            throw Invalid(targets, "targets", "must map names to targets", "Write each machine as 'name:' with its settings indented below.");
        }

        var lines = text.Split('\n');
        var starts = mapping.Children.Keys.Select(key => (int)key.Start.Line - 1).ToList();
        var ends = starts.Skip(1).Append(Math.Min(lines.Length, LastLine(mapping, lines)));
        return [.. mapping.Children.Zip(starts.Zip(ends), (pair, span) => Entry(pair.Key, pair.Value, span.First, span.Second, lines))];
    }

    private YamlMappingNode? Root(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ForgeException(
                "InventoryInvalid", ForgeErrorKind.BadInput, $"{path}:{error.Start.Line}: is no YAML: {error.Message}", "Correct the line; indent with spaces.", path, error);
        }

        return stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" } ? null
            : stream.Documents[0].RootNode as YamlMappingNode
            ?? throw Invalid(stream.Documents[0].RootNode, "targets", "must be a mapping with the key 'targets'", "Begin the file with 'targets:'.");
    }

    private InventoryEntry Entry(YamlNode key, YamlNode value, int first, int end, string[] lines)
    {
        var name = Text(key);
        if (!TargetNames.IsValid(name))
        {
            throw Invalid(key, name, "is no name for a target", "Use letters, digits, '.', '_' and '-'.");
        }

        var settings = value switch
        {
            YamlMappingNode mapping => mapping,
            YamlScalarNode { Value: null or "" or "~" or "null" } => new YamlMappingNode(),
            _ => throw Invalid(value, name, "must be a mapping of settings", "Indent its settings below the name."),
        };
        foreach (var setting in settings.Children.Keys.Where(setting => !Keys.Contains(Text(setting)) && !Text(setting).StartsWith("x-", StringComparison.Ordinal)))
        {
            var close = Keys.FirstOrDefault(known => string.Equals(known, Text(setting), StringComparison.OrdinalIgnoreCase));
            throw Invalid(setting, $"{name}.{Text(setting)}", "is no setting", close is null ? $"Known are {string.Join(", ", Keys)}; your own begin with x-." : $"Did you mean '{close}'?");
        }

        return new InventoryEntry(Target(name, settings), first, end, Kept(settings, end, lines));
    }

    private TargetDescription Target(string name, YamlMappingNode settings)
    {
        string? Scalar(string key) => Setting(settings, key) switch
        {
            null => null,
            YamlScalarNode { Value: { Length: > 0 } value } => value,
            var node => throw Invalid(node, $"{name}.{key}", "must be a text", "Give a value, or remove the key."),
        };

        int? Number(string key, int max) => Scalar(key) is not { } value ? null
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max ? number
            : throw Invalid(Setting(settings, key)!, $"{name}.{key}", FormattableString.Invariant($"must be a whole number from 1 to {max}"), "Correct the number.");

        return new TargetDescription
        {
            Name = name,
            Transport = Scalar("transport") switch
            {
                null or "ssh" => TargetTransport.Ssh,
                "local" => TargetTransport.Local,
                _ => throw Invalid(Setting(settings, "transport")!, name + ".transport", "must be ssh or local", "Correct the value."),
            },
            HostName = Scalar("hostName"),
            Port = Number("port", 65535),
            UserName = Scalar("userName"),
            KeyFilePath = Home(Scalar("keyFilePath")),
            SudoPasswordFile = Home(Scalar("sudoPasswordFile")),
            KnownHostsFile = Home(Scalar("knownHostsFile")),
            Options = Options(name, settings),
            Tags = Tags(name, settings),
            Lab = Scalar("lab"),
            ConnectingTimeout = Number("connectingTimeout", 600) ?? 15,
        };
    }

    private Dictionary<string, string> Options(string name, YamlMappingNode settings) => Setting(settings, "options") switch
    {
        null => [],
        YamlMappingNode mapping when mapping.Children.Values.All(value => value is YamlScalarNode) =>
            mapping.Children.ToDictionary(pair => Text(pair.Key), pair => Text(pair.Value)),
        var node => throw Invalid(node, name + ".options", "must map keywords of ssh_config to values", "Write for example 'options: {Compression: yes}'."),
    };

    private IReadOnlyList<string> Tags(string name, YamlMappingNode settings) => Setting(settings, "tags") switch
    {
        null => [],
        YamlSequenceNode list when list.Children.All(tag => TargetNames.IsValid(Text(tag))) => [.. list.Children.Select(Text)],
        var node => throw Invalid(node, name + ".tags", "must be a list of words", "Write for example 'tags: [web, production]'."),
    };

    private static List<string> Kept(YamlMappingNode settings, int end, string[] lines)
    {
        var kept = new List<string>();
        var starts = settings.Children.Keys.Select(key => (int)key.Start.Line - 1).ToList();
        for (var n = 0; n < starts.Count; n++)
        {
            if (Text(settings.Children.ElementAt(n).Key).StartsWith("x-", StringComparison.Ordinal) && settings.Style != YamlDotNet.Core.Events.MappingStyle.Flow)
            {
                kept.AddRange(lines[starts[n]..(n + 1 < starts.Count ? starts[n + 1] : end)]);
            }
        }

        return kept;
    }

    // The end of a block mapping is marked where the next token stands; what is no longer indented is not the mapping's.
    private static int LastLine(YamlMappingNode mapping, string[] lines)
    {
        var line = (int)mapping.Children.Keys.Last().Start.Line;
        while (line < lines.Length && (lines[line].Length == 0 || char.IsWhiteSpace(lines[line][0])))
        {
            line++;
        }

        while (line > 0 && lines[line - 1].Trim().Length == 0)
        {
            line--;
        }

        return line;
    }

    private static YamlNode? Setting(YamlMappingNode settings, string key) =>
        settings.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    private static string? Home(string? path) => path is not null && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
        : path;

    private ForgeException Invalid(YamlNode node, string key, string what, string next) =>
        new("InventoryInvalid", ForgeErrorKind.BadInput, $"{path}:{node.Start.Line}: '{key}' {what}.", next, path);
}
