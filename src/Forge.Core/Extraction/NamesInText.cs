using System.Text.Json;
using Forge.Core.Proposals;

namespace Forge.Core.Extraction;

/// <summary>Whether what a proposal names stands in the rule's text as a whole word. A name that is nearly right is the dangerous fault of a proposal. Pure.</summary>
internal static class NamesInText
{
    // What says which thing is changed; what it becomes (value, mode, state) may be put in other words.
    private static readonly string[] Keys = ["name", "path", "file", "unit", "key", "point", "module", "service"];

    /// <summary>Whether all stand there.</summary>
    public static bool AllStand(JsonElement proposal, RuleText text) =>
        Keys.All(key => !proposal.TryGetProperty(key, out var value)
            || value.GetString() is { } name && (Stands(name, text.Title) || Stands(name, text.Body) || text.Names.Any(n => Stands(name, n))));

    private static bool Stands(string name, string text)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || character == '_';
}
