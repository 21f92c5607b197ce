using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Core.Proposals;

/// <summary>The names that stand in a rule's text: a proposal may use no others, because a name that is nearly right is the dangerous mistake. Pure.</summary>
public static partial class TextNames
{
    /// <summary>Keys of a proposal whose values are chosen from a fixed list, or follow from the others.</summary>
    private static readonly HashSet<string> Fixed = ["action", "format", "state", "directive", "type", "position", "property"];

    private static readonly string[] UnitEnds = [".service", ".socket", ".timer", ".mount"];

    /// <summary>The words of a text in their order, each also without the marks around it and without the ending of a unit.</summary>
    public static IReadOnlyList<string> WordsOf(RuleText text)
    {
        var words = new List<string>();
        foreach (var found in text.Names.Concat(Word().Matches($"{text.Title}\n{text.Body}").Select(m => m.Value)))
        {
            words.Add(found.TrimEnd('.', ',', ':', ';'));
            words.AddRange(found.Split('=', ':').Where(p => p.Length > 0).Select(p => p.TrimEnd('.', ',')));
            words.AddRange(UnitEnds.Where(e => found.EndsWith(e, StringComparison.Ordinal)).Select(e => found[..^e.Length]));
        }

        return [.. words.Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The first name or number of a proposal that does not stand in the text; null where all do.</summary>
    public static string? FirstMissing(JsonElement proposal, RuleText text)
    {
        var whole = $"{text.Title}\n{text.Body}\n{string.Join('\n', text.Names)}";
        foreach (var property in proposal.EnumerateObject().Where(p => !Fixed.Contains(p.Name) && p.Value.ValueKind == JsonValueKind.String))
        {
            var value = property.Value.GetString()!;
            var missing = property.Name == "mode" ? ModeMissing(value, whole) : value.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(p => !Holds(whole, p));
            if (missing is not null)
            {
                return missing;
            }
        }

        return null;
    }

    /// <summary>Whether a text holds a value by itself, and not within a longer name.</summary>
    internal static bool Holds(string text, string value)
    {
        if (value.Length == 0)
        {
            return false;
        }

        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            var end = at + value.Length;
            if ((at == 0 || !IsOfName(text[at - 1]) || !IsOfName(value[0])) && (end == text.Length || !IsOfName(text[end]) || !IsOfName(value[^1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // A mode stands as 0644, 644 or -rw-r--r--.
    private static string? ModeMissing(string mode, string text)
    {
        var digits = mode.TrimStart('0').PadLeft(3, '0');
        return Holds(text, mode) || Holds(text, "0" + digits) || Holds(text, digits) || text.Contains(Letters(digits[^3..]), StringComparison.Ordinal) ? null : mode;
    }

    private static string Letters(string digits) => string.Concat(digits.Select(d => $"{((d - '0') & 4) switch { 0 => '-', _ => 'r' }}{((d - '0') & 2) switch { 0 => '-', _ => 'w' }}{((d - '0') & 1) switch { 0 => '-', _ => 'x' }}"));

    [GeneratedRegex(@"[A-Za-z0-9_/.+-][A-Za-z0-9_./:+=@-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
