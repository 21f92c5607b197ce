using System.Text;
using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Llama.Grammar;

/// <summary>
/// Turns a JSON schema into a GBNF grammar whose every text is valid JSON of that schema. Taken are: objects (properties in their order, required or not),
/// strings (enum, const, pattern, minLength, maxLength), integers, numbers, booleans, null, arrays (items, minItems, maxItems), oneOf, anyOf, const, enum,
/// and references to <c>$defs</c>. Anything else is an error: a grammar that says less than its schema would pass what the schema forbids.
/// </summary>
public sealed class JsonSchemaGrammar
{
    /// <summary>Most repetitions that llama.cpp takes (MAX_REPETITION_THRESHOLD of llama-grammar.cpp).</summary>
    internal const int MostRepetitions = 2000;

    private static readonly HashSet<string> Notes = ["title", "description", "default", "examples", "$schema", "$id", "$comment", "$defs", "definitions", "deprecated", "readOnly"];
    private readonly Dictionary<string, string> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private readonly JsonElement _root;
    private int _count;

    private JsonSchemaGrammar(JsonElement root) => _root = root;

    /// <summary>A grammar of any JSON object.</summary>
    public static string AnyObject { get; } = """
        root ::= object
        value ::= object | array | string | number | "true" | "false" | "null"
        object ::= "{" space (member ("," space member)*)? "}"
        member ::= string ":" space value
        array ::= "[" space (value ("," space value)*)? "]"
        """ + "\n" + string.Join("\n", new[] { "string", "character", "number", "integer", "space" }.Select(n => $"{n} ::= {Shared(n)}")) + "\n";

    /// <summary>The grammar of a schema; its first rule is <c>root</c>.</summary>
    /// <exception cref="ForgeException">Id <c>ModelSchemaUnsupported</c>, with the place in the schema.</exception>
    public static string Of(JsonElement schema)
    {
        var grammar = new JsonSchemaGrammar(schema);
        var root = grammar.Expression(schema, "#");
        var text = new StringBuilder($"root ::= {root}\n");
        foreach (var (name, rule) in grammar._rules)
        {
            text.Append(name).Append(" ::= ").Append(rule).Append('\n');
        }

        return text.ToString();
    }

    internal static ForgeException Unsupported(string place, string what) => new(
        "ModelSchemaUnsupported", ForgeErrorKind.BadInput, $"The JSON schema cannot be made a grammar: at {place} {what}.",
        "Use objects, strings (enum, pattern, maxLength), integers, numbers, booleans, arrays, oneOf, anyOf and const.", place);

    /// <summary>A name that no other rule has.</summary>
    internal string Add(string rule)
    {
        var name = $"r{_count++}";
        _rules[name] = rule;
        return name;
    }

    /// <summary>One of the rules that every grammar may use.</summary>
    internal string Use(string name)
    {
        if (_rules.TryAdd(name, Shared(name)))
        {
            foreach (var other in name switch { "string" => new[] { "character" }, "number" => ["integer"], _ => [] })
            {
                Use(other);
            }
        }

        return name;
    }

    internal string Expression(JsonElement schema, string place)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Unsupported(place, $"stands {schema.ValueKind} and no schema");
        }

        var keys = schema.EnumerateObject().Where(p => !Notes.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        if (keys.TryGetValue("$ref", out var reference))
        {
            Only(keys, place, "$ref");
            return Reference(reference, place);
        }

        if (keys.TryGetValue("const", out var constant))
        {
            Only(keys, place, "const", "type");
            return GrammarText.Literal(PlainJson.Text(constant));
        }

        if (keys.TryGetValue("enum", out var values))
        {
            Only(keys, place, "enum", "type");
            return values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0
                ? Either(values.EnumerateArray().Select(v => GrammarText.Literal(PlainJson.Text(v))))
                : throw Unsupported(place, "enum has no values");
        }

        var choice = keys.ContainsKey("oneOf") ? "oneOf" : "anyOf";
        if (keys.TryGetValue(choice, out var choices))
        {
            // A type beside the choices says nothing new where each of them has it.
            Only(keys, place, keys.TryGetValue("type", out var type) && choices.ValueKind == JsonValueKind.Array && choices.EnumerateArray().All(c => HasType(c, type)) ? [choice, "type"] : [choice]);
            return choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
                ? Either(choices.EnumerateArray().Select((c, i) => Expression(c, $"{place}/{choice}/{i}")))
                : throw Unsupported(place, $"{choice} has no schemas");
        }

        return Typed(keys, place);
    }

    private static bool HasType(JsonElement schema, JsonElement type) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var own) && JsonElement.DeepEquals(own, type);

    internal static void Only(Dictionary<string, JsonElement> keys, string place, params string[] known)
    {
        if (keys.Keys.FirstOrDefault(k => !known.Contains(k)) is { } other)
        {
            throw Unsupported(place, $"stands '{other}'{(known.Length > 0 ? $" beside {string.Join(", ", known)}" : "")}");
        }
    }

    internal static int? Number(Dictionary<string, JsonElement> keys, string name, string place)
    {
        if (!keys.TryGetValue(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 0 and <= MostRepetitions
            ? number
            : throw Unsupported(place, $"{name} is {value}, not a whole number of 0 to {MostRepetitions}");
    }

    private static string Shared(string name) => name switch
    {
        "space" => "\" \"?",
        "character" => """[^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt] | "u" ([0-9a-cA-Ce-fE-F] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))""",
        "string" => """ "\"" character* "\"" """.Trim(),
        "integer" => """ "-"? ("0" | [1-9] [0-9]{0,15}) """.Trim(),
        "number" => """ integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})? """.Trim(),
        _ => throw new InvalidOperationException($"no shared rule {name}"),
    };


    private static string Either(IEnumerable<string> expressions)
    {
        var all = expressions.ToList();
        return all.Count == 1 ? all[0] : $"({string.Join(" | ", all)})";
    }

    private string Typed(Dictionary<string, JsonElement> keys, string place)
    {
        if (!keys.Remove("type", out var type))
        {
            throw Unsupported(place, keys.Count == 0 ? "anything is allowed (no type is given)" : $"there is no type beside {string.Join(", ", keys.Keys)}");
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => OfType(type.GetString()!, keys, place),
            // With several types each takes the keys that are its own: the others mean nothing to it.
            JsonValueKind.Array => Either(type.EnumerateArray().Select(t => t.GetString() == "null" ? GrammarText.Literal("null") : OfType(t.GetString()!, new(keys), place))),
            _ => throw Unsupported(place, "type is neither a name nor a list"),
        };
    }

    private string OfType(string type, Dictionary<string, JsonElement> keys, string place) => type switch
    {
        "object" => new ObjectGrammar(this).Expression(keys, place),
        "array" => new ArrayGrammar(this).Expression(keys, place),
        "string" => new StringGrammar(this).Expression(keys, place),
        "integer" => Integer(keys, place),
        "number" => Plain(keys, place, Use("number")),
        "boolean" => Plain(keys, place, "(\"true\" | \"false\")"),
        "null" => Plain(keys, place, GrammarText.Literal("null")),
        _ => throw Unsupported(place, $"the type '{type}' is not known"),
    };

    private string Integer(Dictionary<string, JsonElement> keys, string place)
    {
        Only(keys, place, "minimum");
        return Number(keys, "minimum", place) switch
        {
            null => Use("integer"),
            0 => "(\"0\" | [1-9] [0-9]{0,15})",
            1 => "([1-9] [0-9]{0,15})",
            _ => throw Unsupported(place, "minimum is neither 0 nor 1"),
        };
    }

    private static string Plain(Dictionary<string, JsonElement> keys, string place, string expression)
    {
        Only(keys, place);
        return expression;
    }

    private string Reference(JsonElement reference, string place)
    {
        var path = reference.GetString() ?? "";
        if (_references.TryGetValue(path, out var known))
        {
            return known;
        }

        var at = _root;
        if (!path.StartsWith('#'))
        {
            throw Unsupported(place, $"the reference '{path}' leads out of the schema");
        }

        foreach (var step in path[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var next) ? next : throw Unsupported(place, $"the reference '{path}' leads nowhere");
        }

        var rule = _references[path] = Add("");
        _rules[rule] = Expression(at, path);
        return rule;
    }
}
