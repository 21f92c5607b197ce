using System.Text;

namespace Forge.Targets.Facts;

/// <summary>Reads <c>os-release</c>: shell-like assignments without expansion (os-release(5)).</summary>
internal static class OsRelease
{
    /// <summary>The variables; of one assigned twice the last, lines that are no assignment are left out.</summary>
    public static Dictionary<string, string> Parse(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#' && line[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                variables[line[..equals]] = Value(line[(equals + 1)..]);
            }
        }

        return variables;
    }

    private static string Value(string text)
    {
        var value = new StringBuilder();
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == quote && quote != '\0')
            {
                quote = '\0';
            }
            else if (c == '\\' && quote != '\'' && at + 1 < text.Length && (quote == '\0' || text[at + 1] is '"' or '\\' or '$' or '`'))
            {
                value.Append(text[++at]);
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                break;
            }
            else
            {
                value.Append(c);
            }
        }

        return value.ToString();
    }
}
