using System.Text;

namespace Forge.Core.Prompts;

/// <summary>Tokens of a text before any tokenizer saw it: three bytes of UTF-8 a token, which is on the safe side for configuration and code.</summary>
public static class TokenEstimate
{
    /// <summary>Bytes a token.</summary>
    public const int BytesPerToken = 3;

    /// <summary>Estimated tokens.</summary>
    public static int Of(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;

    /// <summary>The beginning of a text that fits into a number of tokens, cut at the end of a line where one is near.</summary>
    public static string Cut(string text, int tokens)
    {
        if (Of(text) <= tokens)
        {
            return text;
        }

        var room = tokens * BytesPerToken;
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        var line = text.LastIndexOf('\n', Math.Max(0, kept - 1));
        return text[..(line > kept / 2 ? line : kept)];
    }
}
