using System.Text;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>A pattern of <c>*</c>, <c>?</c> and <c>[a-z]</c>; a backtick takes the next character as it is.</summary>
public sealed class WildcardPattern
{
    private readonly Regex _regex;

    public WildcardPattern(string pattern)
        : this(pattern, WildcardOptions.None)
    {
    }

    public WildcardPattern(string pattern, WildcardOptions options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        RegexOptions regexOptions = RegexOptions.Singleline | RegexOptions.NonBacktracking;
        regexOptions |= options.HasFlag(WildcardOptions.IgnoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None;
        regexOptions |= options.HasFlag(WildcardOptions.CultureInvariant) ? RegexOptions.CultureInvariant : RegexOptions.None;
        _regex = new Regex(Translate(pattern), regexOptions);
    }

    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern, options);

    public static bool ContainsWildcardCharacters(string? pattern)
    {
        for (int i = 0; i < (pattern?.Length ?? 0); i++)
        {
            if (pattern![i] is '*' or '?' or '[' or ']')
            {
                return true;
            }

            i += pattern[i] == '`' ? 1 : 0;
        }

        return false;
    }

    public static string Escape(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var text = new StringBuilder(pattern.Length);
        foreach (char c in pattern)
        {
            text.Append(c is '*' or '?' or '[' or ']' or '`' ? "`" : "").Append(c);
        }

        return text.ToString();
    }

    public static string Unescape(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Regex.Replace(pattern, "`(.)", "$1", RegexOptions.Singleline);
    }

    public bool IsMatch(string? input) => input is not null && _regex.IsMatch(input);

    private static string Translate(string pattern)
    {
        var text = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            int close;
            if (c == '`' && i + 1 < pattern.Length)
            {
                text.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else if (c == '[' && (close = pattern.IndexOf(']', i + 2 <= pattern.Length ? i + 1 : i)) > i + 1)
            {
                text.Append('[').Append(pattern[(i + 1)..close].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal)).Append(']');
                i = close;
            }
            else
            {
                text.Append(c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) });
            }
        }

        return text.Append('$').ToString();
    }
}
