using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Llama.Grammar;

/// <summary>Strings by pattern or by length.</summary>
internal sealed partial class StringGrammar(JsonSchemaGrammar grammar)
{
    /// <summary>
    /// A pattern whose last class may be repeated without end, bounded by the length; any other one as it is, because a grammar has no way to say both: there the
    /// length is left to who reads the answer.
    /// </summary>
    private static string Bounded(string pattern, Dictionary<string, JsonElement> keys)
    {
        if (!keys.TryGetValue("maxLength", out var length) || !length.TryGetInt32(out var most) || most > MostCounted || Repeated().Match(pattern) is not { Success: true } match)
        {
            return pattern;
        }

        var before = match.Groups["one"].Captures.Count;
        var least = match.Groups["times"].Value == "+" ? 1 : 0;
        return most - before < Math.Max(least, 1) ? pattern : string.Create(CultureInfo.InvariantCulture, $"{pattern[..^2]}{{{least},{most - before}}}$");
    }

    [GeneratedRegex(@"^\^(?<one>\[(?:[^\]\\]|\\.)+\]|[A-Za-z0-9/_-])*?\[(?:[^\]\\]|\\.)+\](?<times>[*+])\$$")]
    private static partial Regex Repeated();

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
}
