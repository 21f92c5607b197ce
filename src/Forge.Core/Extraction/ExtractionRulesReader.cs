using Forge.Core.Actions.Typed;
using Forge.Core.Schema;
using YamlDotNet.RepresentationModel;

namespace Forge.Core.Extraction;

/// <summary>Reads a file of patterns and checks what its schema cannot see: expressions, parts, places, fields of actions.</summary>
internal sealed class ExtractionRulesReader
{
    private static readonly (string Key, TextPlace Place)[] Places = [("title", TextPlace.Title), ("body", TextPlace.Body), ("any", TextPlace.Any)];

    private static readonly HashSet<string> None = [];

    private static readonly IReadOnlyList<string> Kinds =
        [.. ActionCatalog.Default.Types.SelectMany(t => t.Formats.Count == 0 ? [t.Name] : t.Formats.Keys.Select(f => $"{t.Name}:{f}"))];

    private readonly string _file;
    private readonly List<SchemaError> _errors = [];
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    private ExtractionRulesReader(string file) => _file = file;

    /// <summary>The patterns, and all that is wrong; where anything is, the patterns are not to be used.</summary>
    public static (IReadOnlyList<ExtractionPattern> Patterns, IReadOnlySet<string> Alone, IReadOnlyList<SchemaError> Errors) Read(string file, string text)
    {
        if (YamlText.Parse(file, text) is not YamlMappingNode root)
        {
            return ([], None, [new SchemaError(file, 1, "", "must be an object with the key patterns")]);
        }

        var errors = YamlSchemaValidator.Validate(ExtractionRules.Schema, file, root);
        if (errors.Count > 0)
        {
            return ([], None, errors);
        }

        var reader = new ExtractionRulesReader(file);
        reader.ReadParts(root);
        var patterns = reader.ReadPatterns(root);
        return (patterns, reader.ReadAlone(root), reader._errors);
    }

    private HashSet<string> ReadAlone(YamlMappingNode root)
    {
        var alone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in (Child(root, "alone") as YamlSequenceNode)?.Children ?? [])
        {
            if (!Kinds.Contains(TextOf(node)) || !alone.Add(TextOf(node)))
            {
                Add(node, $"alone[{alone.Count}]", $"'{TextOf(node)}' is no kind of action, or stands here twice; kinds are {string.Join(", ", Kinds)}");
            }
        }

        return alone;
    }

    private void ReadParts(YamlMappingNode root)
    {
        foreach (var (name, value) in (Child(root, "parts") as YamlMappingNode)?.Children.Select(c => (TextOf(c.Key), c.Value)) ?? [])
        {
            if (Try(value, $"parts.{name}", () => ExpressionText.Expand(TextOf(value), _parts)) is { } expanded
                && Try(value, $"parts.{name}", () => ExpressionText.Check(expanded)) is not null)
            {
                _parts[name] = expanded;
            }
        }
    }

    private List<ExtractionPattern> ReadPatterns(YamlMappingNode root)
    {
        var (patterns, names) = (new List<ExtractionPattern>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var node in ((YamlSequenceNode)root.Children[new YamlScalarNode("patterns")]).Children.Cast<YamlMappingNode>())
        {
            var key = $"patterns[{patterns.Count}]";
            var name = TextOf(Child(node, "name")!);
            if (!names.Add(name))
            {
                Add(Child(node, "name")!, $"{key}.name", $"'{name}' is the name of an earlier pattern");
            }

            var groups = new HashSet<string>(StringComparer.Ordinal);
            List<TextExpression> expressions = [.. Places.SelectMany(p => Expressions(node, key, p.Key, p.Place, groups))];
            if (Places.All(p => Child(node, p.Key) is null))
            {
                Add(node, key, "must look for something: give title, body or any");
            }

            patterns.Add(new ExtractionPattern(name, expressions, Expressions(node, key, "unless", TextPlace.Any, []), Template((YamlMappingNode)Child(node, "action")!, key, groups)));
        }

        return patterns;
    }

    private List<TextExpression> Expressions(YamlMappingNode pattern, string key, string name, TextPlace place, HashSet<string> groups)
    {
        var found = new List<TextExpression>();
        var nodes = Child(pattern, name) switch { YamlSequenceNode list => list.Children, YamlScalarNode one => [one], _ => (IList<YamlNode>)[] };
        for (var i = 0; i < nodes.Count; i++)
        {
            if (Try(nodes[i], $"{key}.{name}[{i}]", () => ExpressionText.Expand(TextOf(nodes[i]), _parts)) is { } expression
                && Try(nodes[i], $"{key}.{name}[{i}]", () => ExpressionText.Check(expression)) is { } names)
            {
                groups.UnionWith(names);
                found.Add(new TextExpression(place, expression));
            }
        }

        return found;
    }

    private ActionTemplate Template(YamlMappingNode action, string key, HashSet<string> groups)
    {
        var allRead = !_errors.Exists(e => e.Key.StartsWith(key + ".", StringComparison.Ordinal));
        var fields = new List<TemplateField>();
        foreach (var (name, value) in action.Children.Select(c => (TextOf(c.Key), c.Value)))
        {
            if (Try(value, $"{key}.action.{name}", () => ActionTemplate.ReadField(name, TextOf(value))) is not { } field)
            {
                continue;
            }

            fields.Add(field);
            foreach (var unknown in field.Places.Where(p => allRead && !groups.Contains(p.Group)))
            {
                Add(value, $"{key}.action.{name}", $"no expression of the pattern has a group '{unknown.Group}'");
            }
        }

        CheckFields(action, key, fields);
        return new ActionTemplate(fields);
    }

    // A field that no such action has would only show as a pattern that never proposes.
    private void CheckFields(YamlMappingNode action, string key, List<TemplateField> fields)
    {
        var type = fields.Find(f => f.Key == "action") is { Places.Count: 0 } named ? ActionCatalog.Default.Types.FirstOrDefault(t => t.Name == named.Texts[0]) : null;
        if (type is null)
        {
            Add(action, $"{key}.action.action", $"must be one of {string.Join(", ", ActionCatalog.Default.Types.Select(t => t.Name))}");
            return;
        }

        var schema = type.Schema;
        if (type.Formats.Count > 0 && !type.Formats.TryGetValue(fields.Find(f => f.Key == "format") is { Places.Count: 0 } format ? format.Texts[0] : "", out schema))
        {
            Add(action, $"{key}.action.format", $"must be one of {string.Join(", ", type.Formats.Keys)}");
            return;
        }

        var known = schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
        foreach (var node in action.Children.Keys.Where(k => !known.Contains(TextOf(k))))
        {
            Add(node, $"{key}.action.{TextOf(node)}", $"is not a field of {type.Name}; known are {string.Join(", ", known)}");
        }

        foreach (var missing in schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Where(r => Child(action, r) is null))
        {
            Add(action, $"{key}.action.{missing}", $"is required for {type.Name} and missing");
        }
    }

    private T? Try<T>(YamlNode node, string key, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ArgumentException e)
        {
            Add(node, key, $"'{TextOf(node)}' cannot be used: {e.Message}");
            return null;
        }
    }

    private void Add(YamlNode node, string key, string message) => _errors.Add(new SchemaError(_file, node.Start.Line, key, message));

    private static string TextOf(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
