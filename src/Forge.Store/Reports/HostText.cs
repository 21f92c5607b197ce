using System.Text.RegularExpressions;
using Forge.Store.Redaction;

namespace Forge.Store.Reports;

/// <summary>
/// Text that came from a machine under care, made harmless for people's eyes: escape sequences of terminals, other control characters and characters that
/// turn the direction of writing are taken out, secrets masked, length bounded. It is data still: whoever writes it escapes it for the format.
/// </summary>
internal sealed partial class HostText(Redactor redactor)
{
    /// <summary>Longest line of prose that is shown, characters.</summary>
    public const int LineLimit = 500;

    /// <summary>A text of several lines, cut at the limit with a note of how much is left out.</summary>
    public string Block(string text, int limit)
    {
        var clean = Clean(text);
        if (clean.Length <= limit)
        {
            return clean;
        }

        var cut = char.IsHighSurrogate(clean[limit - 1]) ? limit - 1 : limit;
        return $"{clean[..cut]}\n… {clean.Length - cut} more characters";
    }

    /// <summary>A text of one line, at most <see cref="LineLimit"/> characters.</summary>
    public string Line(string text)
    {
        var clean = Blank().Replace(Clean(text), " ").Trim();
        var cut = clean.Length <= LineLimit ? clean.Length : char.IsHighSurrogate(clean[LineLimit - 1]) ? LineLimit - 1 : LineLimit;
        return cut == clean.Length ? clean : clean[..cut] + "…";
    }

    private string Clean(string text)
    {
        var plain = TerminalSequence().Replace(redactor.Redact(text), "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return Unprintable().Replace(plain, "");
    }

    // ECMA-48: control sequences (5.4), command strings such as OSC (5.6) up to BEL, ST or the end of the line, and other escapes (5.3).
    [GeneratedRegex(
        @"(?:\x1B\[|\x9B)[\x30-\x3F]*[\x20-\x2F]*[\x40-\x7E]?"
        + @"|(?:\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])[^\x07\x1B\x9C\n]*(?:\x07|\x1B\\|\x9C)?"
        + @"|\x1B[\x20-\x2F]*[\x30-\x7E]?",
        RegexOptions.CultureInvariant)]
    private static partial Regex TerminalSequence();

    // C0 but tab and line feed, DEL, C1, marks of direction and embedding (Unicode Annex 9), zero-width characters, and halves of surrogate pairs.
    [GeneratedRegex(
        @"[\x00-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]"
        + @"|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();

    [GeneratedRegex(@"[\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
