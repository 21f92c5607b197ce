using System.Text;
using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>
/// Reads an expression of the file: <c>(?&amp;name)</c> is the part of that name, as Perl writes it, and a blank outside brackets is white space of any length, since texts break
/// their lines anywhere. Expressions never backtrack (texts of rules are foreign data), so there is no looking around and no reference back.
/// </summary>
internal static partial class ExpressionText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture;

    /// <summary>Most time of one search in one text; far above what 64 Ki characters take.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>The expression with its parts put in.</summary>
    /// <exception cref="ArgumentException">A part is not known; the message says which.</exception>
    public static string Expand(string expression, IReadOnlyDictionary<string, string> parts) => Part().Replace(expression, match =>
        parts.TryGetValue(match.Groups["name"].Value, out var part) ? $"(?:{part})" : throw new ArgumentException($"there is no part '{match.Groups["name"].Value}' before it"));

    /// <summary>Checks an expression whose parts are put in.</summary>
    /// <returns>Names of its groups.</returns>
    /// <exception cref="ArgumentException">It is none, or one that only backtracking can match.</exception>
    public static IReadOnlyList<string> Check(string expression)
    {
        var groups = new Regex(WithBlanks(expression), Options, MostTime).GetGroupNames();
        return BacktrackingNeed.Find(expression) is { } need
            ? throw new ArgumentException($"it cannot be matched without backtracking because of {need}")
            : [.. groups.Where(g => g != "0")];
    }

    /// <summary>Compiles an expression that <see cref="Check"/> accepts.</summary>
    public static Regex Compile(string expression) => new(WithBlanks(expression), Options | RegexOptions.NonBacktracking, MostTime);

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

            // Not \s: the classes of Unicode make an expression several times dearer to compile.
            text.Append(character == ' ' && !inClass ? @"[ \t\r\n]+" : character.ToString());
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\(\?&(?<name>[a-z][a-z0-9-]*)\)")]
    private static partial Regex Part();
}
