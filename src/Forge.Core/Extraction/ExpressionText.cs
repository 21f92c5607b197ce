using System.Text;
using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>
/// Compiles an expression of the file: <c>(?&amp;name)</c> is the part of that name, as Perl writes it, and a blank outside brackets is white space of any length, since texts break
/// their lines anywhere. Expressions never backtrack (texts of rules are foreign data), so there is no looking around and no reference back.
/// </summary>
internal static partial class ExpressionText
{
    /// <summary>Most time of one search in one text; far above what 64 Ki characters take.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>The expression with its parts put in.</summary>
    /// <exception cref="ArgumentException">A part is not known; the message says which.</exception>
    public static string Expand(string expression, IReadOnlyDictionary<string, string> parts) => Part().Replace(expression, match =>
        parts.TryGetValue(match.Groups["name"].Value, out var part) ? $"(?:{part})" : throw new ArgumentException($"there is no part '{match.Groups["name"].Value}' before it"));

    /// <summary>Compiles an expression whose parts are put in.</summary>
    /// <exception cref="ArgumentException">It is none, or one that only backtracking can match.</exception>
    public static Regex Compile(string expression)
    {
        try
        {
            return new Regex(WithBlanks(expression), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, MostTime);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException($"it cannot be matched without backtracking: {e.Message}", e);
        }
    }

    private static string WithBlanks(string expression)
    {
        var text = new StringBuilder(expression.Length + 16);
        var inClass = false;
        for (var i = 0; i < expression.Length; i++)
        {
            var character = expression[i];
            if (character == '\\' && i + 1 < expression.Length)
            {
                text.Append(character).Append(expression[++i]);
                continue;
            }

            inClass = inClass ? character != ']' : character == '[';
            text.Append(character == ' ' && !inClass ? @"\s+" : character.ToString());
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\(\?&(?<name>[a-z][a-z0-9-]*)\)")]
    private static partial Regex Part();
}
