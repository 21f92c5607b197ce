using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Forge.Core.Findings;

namespace Forge.Core.Thinking;

/// <summary>
/// Narrows the schema of proposals to what stands in an item: each free text becomes a choice among the item's own words that fit it, and a type of action that
/// cannot be said with them is left out. A small model that cannot hold an identifier over a long way then cannot misspell one either. Pure.
/// </summary>
internal static partial class SchemaNarrowing
{
    private const int MostWords = 60;

    /// <summary>The narrowed schema; null where no type of action is left.</summary>
    /// <param name="schema">An object schema with <c>oneOf</c>.</param>
    /// <param name="finding">The item.</param>
    /// <param name="touches">What it touches.</param>
    public static JsonElement? Narrow(JsonElement schema, Finding finding, IEnumerable<Resource> touches)
    {
        var words = WordsOf(finding, touches);
        var choices = new JsonArray();
        foreach (var choice in schema.GetProperty("oneOf").EnumerateArray())
        {
            if (NarrowOne(choice, words, _ => true, MostWords) is { } narrowed)
            {
                choices.Add((JsonNode)narrowed);
            }
        }

        return choices.Count == 0 ? null : JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["oneOf"] = choices });
    }

    /// <summary>The words of an item in their order: names of resources, paths, identifiers, numbers; without the marks around them.</summary>
    public static IReadOnlyList<string> WordsOf(Finding finding, IEnumerable<Resource> touches) =>
        [.. finding.Resources.Concat(touches).SelectMany(r => r.Name.Split(':'))
            .Concat(Word().Matches($"{finding.Title}\n{finding.Description}\n{finding.Evidence}").Select(m => m.Value.TrimEnd('.', ',', ':', ';')))
            .Where(w => w.Length > 0).Distinct(StringComparer.Ordinal).Take(MostWords * 4)];

    /// <summary>One type of action narrowed; null where a required key has no fitting word.</summary>
    /// <param name="choice">Its schema.</param>
    /// <param name="words">The words.</param>
    /// <param name="isName">Whether a key is to be one of them.</param>
    /// <param name="most">Words at most for a key.</param>
    internal static JsonObject? NarrowOne(JsonElement choice, IReadOnlyList<string> words, Func<string, bool> isName, int most)
    {
        var narrowed = JsonObject.Create(choice)!;
        var required = narrowed["required"]!.AsArray().Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var properties = narrowed["properties"]!.AsObject();
        foreach (var (name, property) in properties.Where(p => isName(p.Key)).ToList())
        {
            // A choice, a constant and anything but text stay as they are.
            if (property!["enum"] is not null || property["const"] is not null || property["type"]?.GetValue<string>() != "string")
            {
                continue;
            }

            var fitting = words.Where(w => Fits(w, property)).Take(most).ToList();
            if (fitting.Count > 0)
            {
                properties[name] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. fitting.Select(f => (JsonNode)f)]) };
            }
            else if (required.Contains(name))
            {
                return null;
            }
            else
            {
                properties.Remove(name);
            }
        }

        return narrowed;
    }

    private static bool Fits(string word, JsonNode property) =>
        word.Length <= (property["maxLength"]?.GetValue<int>() ?? int.MaxValue) && (property["pattern"] is not { } pattern || Regex.IsMatch(word, pattern.GetValue<string>(), RegexOptions.NonBacktracking));

    [GeneratedRegex(@"[A-Za-z0-9_/][A-Za-z0-9_./:+=@-]*")]
    private static partial Regex Word();
}
