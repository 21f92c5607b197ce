using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Forge.Core.Schema;

namespace Forge.Models.OpenAI;

/// <summary>
/// A JSON schema as it is sent, so that the grammar that llama-server 0.7.0 makes of it (json-schema-to-grammar.cpp) is one of JSON and ends. It puts a pattern between
/// the quotes of a string as it stands: one that takes quotes, backslashes or line ends would let the model write what is no JSON, and is left out; who reads the
/// answer checks it against the whole schema. Beside a pattern it passes over the length: that is said in the pattern itself. Pure.
/// </summary>
internal static partial class WireSchema
{
    private const string NeverInString = "\"\\\r\n\t";

    /// <summary>The schema with the patterns that can be sent.</summary>
    public static BinaryData Of(JsonElement schema)
    {
        var sent = JsonNode.Parse(schema.GetRawText());
        Mend(sent);
        return BinaryData.FromString(sent?.ToJsonString() ?? "null");
    }

    private static void Mend(JsonNode? node)
    {
        if (node is JsonObject rules && rules["pattern"] is JsonValue value && value.TryGetValue<string>(out var pattern))
        {
            if (TakesWhatNeedsEscape(pattern))
            {
                rules.Remove("pattern");
            }
            else if (rules["maxLength"] is JsonValue length && length.TryGetValue<int>(out var most))
            {
                rules["pattern"] = BoundedPattern.Of(pattern, most);
            }
        }

        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            Mend(child);
        }
    }

    private static bool TakesWhatNeedsEscape(string pattern) => Atom().Matches(pattern).Any(a => NeverInString.Any(c => Regex.IsMatch(c.ToString(), a.Value, RegexOptions.NonBacktracking)));

    // A class, an escape, the dot or one letter: what takes a single character.
    [GeneratedRegex(@"\[(?:[^\]\\]|\\.)*\]|\\[^\dpPkxuc]|[^\\^$()|?*+{}]")]
    private static partial Regex Atom();
}
