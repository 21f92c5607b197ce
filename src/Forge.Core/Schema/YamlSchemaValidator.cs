using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Forge.Core.Schema;

/// <summary>
/// Checks a YAML document against a JSON schema and names line and key of each fault. Knows the keywords that our schemas use: type, properties, required,
/// additionalProperties, items, minItems, enum, const, pattern, minimum, maximum, allOf, if and then (JSON Schema 2020-12).
/// </summary>
public sealed class YamlSchemaValidator
{
    private readonly JsonElement _root;
    private readonly string _file;
    private readonly List<SchemaError> _errors = [];

    private YamlSchemaValidator(JsonElement root, string file)
    {
        _root = root;
        _file = file;
    }

    /// <summary>Validates a document.</summary>
    /// <param name="schema">The JSON schema.</param>
    /// <param name="file">Path named in errors.</param>
    /// <param name="document">The document's root.</param>
    /// <returns>What is wrong, in the order of the document; empty where nothing is.</returns>
    public static IReadOnlyList<SchemaError> Validate(JsonElement schema, string file, YamlNode document)
    {
        var validator = new YamlSchemaValidator(schema, file);
        validator.Check(schema, document, "");
        return validator._errors;
    }

    private void Check(JsonElement schema, YamlNode node, string key)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("type", out var type) && !IsOfType(type, node))
        {
            Add(node, key, $"must be {TypeNames(type)}, is {NameOf(node)}");
            return;
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                CheckMapping(schema, mapping, key);
                break;
            case YamlSequenceNode sequence:
                CheckSequence(schema, sequence, key);
                break;
            case YamlScalarNode scalar:
                CheckScalar(schema, scalar, key);
                break;
            default:
                Add(node, key, "aliases are not used here");
                break;
        }

        CheckParts(schema, node, key);
    }

    private void CheckParts(JsonElement schema, YamlNode node, string key)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Check(part, node, key);
            }
        }

        if (schema.TryGetProperty("if", out var condition) && schema.TryGetProperty("then", out var consequence) && Holds(condition, node))
        {
            Check(consequence, node, key);
        }
    }

    private bool Holds(JsonElement schema, YamlNode node)
    {
        var validator = new YamlSchemaValidator(_root, _file);
        validator.Check(schema, node, "");
        return validator._errors.Count == 0;
    }

    private JsonElement Resolve(JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
        {
            return schema;
        }

        var current = _root;
        foreach (var part in reference.GetString()!.TrimStart('#', '/').Split('/'))
        {
            current = current.GetProperty(part);
        }

        return current;
    }

    private void CheckMapping(JsonElement schema, YamlMappingNode mapping, string key)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Children)
        {
            var child = ((YamlScalarNode)name).Value ?? "";
            present.Add(child);
            var path = key.Length == 0 ? child : $"{key}.{child}";
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(child, out var childSchema))
            {
                Check(childSchema, value, path);
            }
            else if (schema.TryGetProperty("additionalProperties", out var additional))
            {
                CheckAdditional(additional, known, name, value, path);
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()!).Where(r => !present.Contains(r)))
            {
                Add(mapping, key.Length == 0 ? name : $"{key}.{name}", "is required and missing");
            }
        }
    }

    private void CheckAdditional(JsonElement additional, JsonElement known, YamlNode name, YamlNode value, string path)
    {
        if (additional.ValueKind == JsonValueKind.False)
        {
            var names = known.ValueKind == JsonValueKind.Object ? string.Join(", ", known.EnumerateObject().Select(p => p.Name)) : "";
            Add(name, path, $"is not a known key; {(names.Length > 0 ? $"known are {names}" : "there are none here")}");
        }
        else if (additional.ValueKind == JsonValueKind.Object)
        {
            Check(additional, value, path);
        }
    }

    private void CheckSequence(JsonElement schema, YamlSequenceNode sequence, string key)
    {
        if (schema.TryGetProperty("minItems", out var least) && sequence.Children.Count < least.GetInt32())
        {
            Add(sequence, key, $"must hold at least {least.GetInt32()}");
        }

        if (schema.TryGetProperty("items", out var items))
        {
            for (var i = 0; i < sequence.Children.Count; i++)
            {
                Check(items, sequence.Children[i], $"{key}[{i}]");
            }
        }
    }

    private void CheckScalar(JsonElement schema, YamlScalarNode scalar, string key)
    {
        var text = scalar.Value ?? "";
        if (schema.TryGetProperty("enum", out var allowed) && allowed.EnumerateArray().All(a => a.ToString() != text))
        {
            Add(scalar, key, $"'{text}' is not one of {string.Join(", ", allowed.EnumerateArray())}");
        }

        if (schema.TryGetProperty("const", out var wanted) && wanted.ToString() != text)
        {
            Add(scalar, key, $"'{text}' is not {wanted}");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            Add(scalar, key, $"'{text}' does not match {pattern.GetString()}");
        }

        if (schema.TryGetProperty("format", out var format) && format.GetString() == "regex" && !IsRegex(text))
        {
            Add(scalar, key, $"'{text}' is not a regular expression");
        }

        CheckRange(schema, scalar, key, text);
    }

    private void CheckRange(JsonElement schema, YamlScalarNode scalar, string key, string text)
    {
        if (!double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return;
        }

        if (schema.TryGetProperty("minimum", out var minimum) && number < minimum.GetDouble())
        {
            Add(scalar, key, $"{text} is below {minimum}");
        }

        if (schema.TryGetProperty("maximum", out var maximum) && number > maximum.GetDouble())
        {
            Add(scalar, key, $"{text} is above {maximum}");
        }
    }

    private static bool IsRegex(string text)
    {
        try
        {
            _ = Regex.Match("", text, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsOfType(JsonElement type, YamlNode node) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => IsOfType(t, node)) : IsOfType(type.GetString()!, node);

    private static bool IsOfType(string type, YamlNode node) => (type, node) switch
    {
        ("object", YamlMappingNode) => true,
        ("array", YamlSequenceNode) => true,
        ("string", YamlScalarNode s) => s.Value is not null && !IsNull(s),
        ("null", YamlScalarNode s) => IsNull(s),
        ("boolean", YamlScalarNode s) => s.Style == YamlDotNet.Core.ScalarStyle.Plain && s.Value is "true" or "false",
        ("integer", YamlScalarNode s) => s.Style == YamlDotNet.Core.ScalarStyle.Plain && long.TryParse(s.Value, System.Globalization.CultureInfo.InvariantCulture, out _),
        ("number", YamlScalarNode s) => s.Style == YamlDotNet.Core.ScalarStyle.Plain && double.TryParse(s.Value, System.Globalization.CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static bool IsNull(YamlScalarNode s) => s.Style == YamlDotNet.Core.ScalarStyle.Plain && s.Value is null or "" or "null" or "~";

    private static string TypeNames(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => t.GetString())) : type.GetString()!;

    private static string NameOf(YamlNode node) => node switch
    {
        YamlMappingNode => "an object",
        YamlSequenceNode => "a list",
        YamlScalarNode s when IsNull(s) => "empty",
        YamlScalarNode s => $"'{s.Value}'",
        _ => node.NodeType.ToString(),
    };

    private void Add(YamlNode node, string key, string message) => _errors.Add(new SchemaError(_file, node.Start.Line, key, message));
}
