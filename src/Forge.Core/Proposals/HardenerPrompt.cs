using System.Text;

namespace Forge.Core.Proposals;

/// <summary>What the small model is shown: exactly what its recipe trained it on (models/forge-hardener/recipe/wordings.py). Pure.</summary>
public static class HardenerPrompt
{
    private const int MostTitle = 200;
    private const int MostBody = 900;
    private const string Separator = "\n=>";

    /// <summary>The prompt of a rule's text.</summary>
    public static string Of(RuleText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"{Cut(Clean(text.Title), MostTitle)}\n{Cut(Clean(text.Body), MostBody)}{Separator}";
    }

    /// <summary>Blanks single, empty lines away, apostrophes as quotes (the tokenizer would cut words behind them).</summary>
    internal static string Clean(string text) => string.Join('\n', text.Replace('\'', '"').Replace('`', '"').Split('\n')
        .Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Length > 0));

    // By code points, as Python counts.
    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(most))
        {
            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }
}
