using System.Text.Json;

namespace Forge.Llama.Grammar;

/// <summary>Strings by pattern or by length.</summary>
internal sealed class StringGrammar(JsonSchemaGrammar grammar)
{
    public string Expression(Dictionary<string, JsonElement> keys, string place)
    {
        JsonSchemaGrammar.Only(keys, place, "pattern", "minLength", "maxLength");
        if (keys.TryGetValue("pattern", out var pattern))
        {
            JsonSchemaGrammar.Only(keys, place, "pattern");
            return $"\"\\\"\" ({new PatternGrammar(pattern.GetString()!, place).Expression()}) \"\\\"\"";
        }

        if (keys.Count == 0)
        {
            return grammar.Use("string");
        }

        var least = JsonSchemaGrammar.Number(keys, "minLength", place) ?? 0;
        var most = JsonSchemaGrammar.Number(keys, "maxLength", place);
        return most < least
            ? throw JsonSchemaGrammar.Unsupported(place, $"minLength {least} is above maxLength {most}")
            : most == 0 ? "\"\\\"\\\"\"" : $"\"\\\"\" {grammar.Use("character")}{GrammarText.Times(least, most)} \"\\\"\"";
    }
}
