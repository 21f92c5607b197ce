using System.Text.Json;

namespace Forge.Scap.Export;

/// <summary>Which fields of an action a text does not say, so that nobody is taught to guess them. Pure.</summary>
internal static class Wording
{
    private static readonly HashSet<string> Words = ["action", "format", "state", "directive", "type", "position"];

    /// <summary>Keys whose values do not stand in the text as words of their own; case and the length of blanks do not count.</summary>
    public static IReadOnlyList<string> Unsaid(string text, JsonElement action)
    {
        var tidy = Tidy(text);
        return [.. action.EnumerateObject().Where(p => !Words.Contains(p.Name) && !Says(tidy, p.Name, Tidy(p.Value.GetString()!))).Select(p => p.Name)];
    }

    private static bool Says(string text, string key, string value) =>
        Stands(text, value)
        || (key == "mode" && Stands(text, value.TrimStart('0') is { Length: > 0 } digits ? digits : "0"))
        || (key == "name" && Stands(text, value + ".service"))
        || (key is "path" or "file" or "point" && Stands(text, value + "/"));

    private static bool Stands(string text, string value)
    {
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            var end = at + value.Length;
            if ((at == 0 || !IsInside(text[at - 1])) && (end == text.Length || !GoesOn(text, end)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInside(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/';

    // A full stop ends a sentence, or goes on with a suffix.
    private static bool GoesOn(string text, int at) => char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '/' || (text[at] == '.' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));

    private static string Tidy(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
