using System.Text;

namespace Forge.Core.Prompts;

/// <summary>What a host says is data: freed of control sequences, bounded and labelled, so that it cannot pass for a part of the prompt.</summary>
public static class UntrustedText
{
    private const string Open = "<host-data>";
    private const string Close = "</host-data>";

    /// <summary>The text as data.</summary>
    /// <param name="text">What the host said.</param>
    /// <param name="most">Characters at most; what is over is counted.</param>
    public static string Label(string text, int most = 2000)
    {
        var clean = Clean(text);
        var tail = clean.Length > most ? $" [{clean.Length - most} more characters]" : "";
        return clean.Length == 0 ? "" : $"{Open}{(clean.Length > most ? clean[..most] : clean)}{tail}{Close}";
    }

    /// <summary>Without control characters, escape sequences and anything that looks like a label or a heading of the prompt.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            at = SkipEscape(text, at);
            if (at < text.Length && IsPlain(text[at]))
            {
                clean.Append(text[at]);
            }
        }

        clean.Replace(Open, "[host-data]").Replace(Close, "[/host-data]").Replace("<|", "< |").Replace("\n#", "\n #");
        return clean.ToString().Trim();
    }

    /// <summary>The index behind an escape sequence that begins at an index (ECMA-48, 5.4); the same index where none does.</summary>
    private static int SkipEscape(string text, int at)
    {
        if (text[at] != '\u001b')
        {
            return at;
        }

        at++;
        if (at < text.Length && text[at] == '[')
        {
            at++;
            while (at < text.Length && text[at] is >= ' ' and < '@')
            {
                at++;
            }
        }

        return at + 1;
    }

    // Line ends and tabs stay; other controls, bidirectional overrides and invisible characters go.
    private static bool IsPlain(char c) => c is '\n' or '\t' || (!char.IsControl(c)
        && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse));
}
