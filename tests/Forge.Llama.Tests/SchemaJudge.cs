using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Llama.Tests;

/// <summary>Judges a value by a schema of the kinds that grammars are made of; written apart from the grammar, so that both would have to be wrong alike.</summary>
internal static class SchemaJudge
{
    public static void Check(JsonElement root, JsonElement schema, JsonElement value) => Assert.True(Meets(root, schema, value), $"{value} does not meet {schema}");

    private static bool Meets(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var at = reference.GetString()![2..].Split('/').Aggregate(root, (e, step) => e.GetProperty(step));
            return Meets(root, at, value);
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return JsonElement.DeepEquals(constant, value);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value));
        }

        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(choice, out var schemas))
            {
                return schemas.EnumerateArray().Any(s => Meets(root, s, value));
            }
        }

        var type = schema.GetProperty("type");
        return type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => OfType(root, t.GetString()!, schema, value)) : OfType(root, type.GetString()!, schema, value);
    }

    private static bool OfType(JsonElement root, string type, JsonElement schema, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= Bound(schema, "minimum", long.MinValue),
        "number" => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        "string" => value.ValueKind == JsonValueKind.String && Within(schema, "minLength", "maxLength", value.GetString()!.EnumerateRunes().Count())
            && (!schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(value.GetString()!, pattern.GetString()!)),
        "array" => value.ValueKind == JsonValueKind.Array && Within(schema, "minItems", "maxItems", value.GetArrayLength())
            && value.EnumerateArray().All(i => Meets(root, schema.GetProperty("items"), i)),
        "object" => value.ValueKind == JsonValueKind.Object && IsObject(root, schema, value),
        _ => false,
    };

    private static bool IsObject(JsonElement root, JsonElement schema, JsonElement value)
    {
        var names = value.EnumerateObject().Select(p => p.Name).ToList();
        var properties = schema.TryGetProperty("properties", out var given) ? given.EnumerateObject().ToList() : [];
        var required = schema.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(r => r.GetString()!).ToList() : [];
        return names.Distinct().Count() == names.Count
            && required.All(names.Contains)
            && names.All(n => properties.Any(p => p.Name == n && Meets(root, p.Value, value.GetProperty(n))))
            && properties.Select(p => p.Name).Where(names.Contains).SequenceEqual(names);
    }

    private static bool Within(JsonElement schema, string least, string most, long size) => size >= Bound(schema, least, 0) && size <= Bound(schema, most, long.MaxValue);

    private static long Bound(JsonElement schema, string name, long none) => schema.TryGetProperty(name, out var value) ? value.GetInt64() : none;
}
