using System.Text.Json;
using Forge.Core.Schema;

namespace Forge.Llama.Grammar;

/// <summary>Strings by pattern or by length.</summary>
internal sealed class StringGrammar(JsonSchemaGrammar grammar)
{
    // Each repetition that is counted becomes rules of its own: what is longer is bounded by the tokens of an answer alone.
    private const int MostCounted = 500;

    public string Expression(Dictionary<string, JsonElement> keys, string place)
    {
        JsonSchemaGrammar.Only(keys, place, "pattern", "minLength", "maxLength");
        if (keys.TryGetValue("pattern", out var pattern))
        {
            return $"\"\\\"\" ({new PatternGrammar(Bounded(pattern.GetString()!, keys), place).Expression()}) \"\\\"\"";
        }

        if (keys.Count == 0)
        {
            return grammar.Use("string");
        }

        var least = JsonSchemaGrammar.Number(keys, "minLength", place) ?? 0;
        var isLong = keys.TryGetValue("maxLength", out var length) && length.TryGetInt64(out var given) && given > MostCounted;
        var most = isLong ? null : JsonSchemaGrammar.Number(keys, "maxLength", place);

        return most < least
            ? throw JsonSchemaGrammar.Unsupported(place, $"minLength {least} is above maxLength {most}")
            : most == 0 ? "\"\\\"\\\"\"" : $"\"\\\"\" {grammar.Use("character")}{GrammarText.Times(least, most)} \"\\\"\"";
    }

    // A grammar has no way to say pattern and length both: what the pattern cannot take up is left to who reads the answer.
    private static string Bounded(string pattern, Dictionary<string, JsonElement> keys) =>
        keys.TryGetValue("maxLength", out var length) && length.TryGetInt32(out var most) && most <= MostCounted ? BoundedPattern.Of(pattern, most) : pattern;
}
