using System.Text.Json;

namespace Forge.Llama.Grammar;

/// <summary>Objects: properties in the order of the schema, those that are not required may be left out.</summary>
internal sealed class ObjectGrammar(JsonSchemaGrammar grammar)
{
    public string Expression(Dictionary<string, JsonElement> keys, string place)
    {
        // additionalProperties only permits more; a text without any meets whatever it says.
        JsonSchemaGrammar.Only(keys, place, "properties", "required", "additionalProperties");
        var properties = keys.TryGetValue("properties", out var given) ? given.EnumerateObject().ToList() : [];
        var required = keys.TryGetValue("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        if (required.FirstOrDefault(r => properties.All(p => p.Name != r)) is { } unknown)
        {
            throw JsonSchemaGrammar.Unsupported(place, $"'{unknown}' is required and not among the properties");
        }

        var space = grammar.Use("space");
        // From the last property backwards: "more" begins with a comma, "first" does not. Each names the next, so the grammar stays as long as the schema.
        var (first, more) = ("", "");
        foreach (var property in Enumerable.Reverse(properties))
        {
            var member = $"{GrammarText.Literal(PlainJson.Text(property.Name) + ":")} {space} {grammar.Expression(property.Value, $"{place}/properties/{property.Name}")}";
            var isRequired = required.Contains(property.Name);
            var nextMore = Rule($"\",\" {space} {member} {more}", isRequired ? null : more);
            first = Rule($"{member} {more}", isRequired ? null : first);
            more = nextMore;
        }

        return $"\"{{\" {first} \"}}\"";
    }

    // An alternative without text is written as an empty literal.
    private string Rule(string with, string? without) => grammar.Add(without is null ? with.Trim() : $"{with.Trim()} | {(without.Length > 0 ? without : "\"\"")}");
}
