using System.Text;

namespace Forge.Core.Extraction;

/// <summary>The longest text that stands in every match of an expression. Most texts lack it, and then the expression need not even be compiled, which takes milliseconds. Pure.</summary>
internal static class RequiredLiteral
{
    /// <summary>The text; empty where there is none, or none that can be told simply.</summary>
    public static string Of(string expression)
    {
        var (best, run, depth) = ("", new StringBuilder(), 0);
        for (var i = 0; i < expression.Length; i++)
        {
            var literal = '\0';
            switch (expression[i])
            {
                case '\\':
                    i++;
                    literal = depth == 0 && i < expression.Length && !char.IsAsciiLetterOrDigit(expression[i]) ? expression[i] : '\0';
                    break;
                case '[':
                    i = EndOfClass(expression, i);
                    break;
                case '{':
                    i = Math.Max(i, expression.IndexOf('}', i));
                    break;
                case '(' when expression.AsSpan(i).StartsWith("(?i"):
                case '|' when depth == 0:
                    return "";
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '.' or '^' or '$' or '|' or '*' or '+' or '?' or ' ':
                    break;
                default:
                    literal = depth == 0 ? expression[i] : '\0';
                    break;
            }

            // A character that may be there no time ends what must be there.
            var next = i + 1 < expression.Length ? expression[i + 1] : '\0';
            if (literal != '\0' && next is not ('*' or '?' or '{'))
            {
                run.Append(literal);
                continue;
            }

            best = run.Length > best.Length ? run.ToString() : best;
            run.Clear();
        }

        return run.Length > best.Length ? run.ToString() : best;
    }

    private static int EndOfClass(string expression, int at)
    {
        for (at++; at < expression.Length && expression[at] != ']'; at++)
        {
            at += expression[at] == '\\' ? 1 : 0;
        }

        return at;
    }
}
