using System.Globalization;
using System.Text;

namespace Forge.Llama.Grammar;

/// <summary>Writes pieces of GBNF, the grammar notation of llama.cpp (grammars/README.md there).</summary>
internal static class GrammarText
{
    /// <summary>A text as a GBNF literal.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            literal.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => character.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A character inside a GBNF class.</summary>
    public static string InClass(char character) => character switch
    {
        '\\' => "\\\\",
        ']' => "\\]",
        '[' => "\\[",
        '^' => "\\x5E",
        '-' => "\\x2D",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
        _ => character.ToString(),
    };

    /// <summary>How often an item may stand; empty for exactly once.</summary>
    public static string Times(int least, int? most) => (least, most) switch
    {
        (0, null) => "*",
        (1, null) => "+",
        (0, 1) => "?",
        (1, 1) => "",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{{{least},}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{{{least},{most}}}"),
    };
}
