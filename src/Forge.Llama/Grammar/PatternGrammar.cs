using System.Globalization;
using System.Text;

namespace Forge.Llama.Grammar;

/// <summary>
/// A regular expression as GBNF: anchored at both ends, with literals, classes, <c>\d \w \s</c>, the dot, groups, alternatives and quantifiers. What it makes
/// stands inside a JSON string: quotes and backslashes are escaped in literals and refused as members of classes; ranges, the dot and negated classes leave them out.
/// </summary>
internal sealed class PatternGrammar(string pattern, string place)
{
    private const string NeverInString = "\\x22\\x5C\\x00-\\x1F\\x7F";
    private int _at;

    public string Expression()
    {
        if (!pattern.StartsWith('^') || !pattern.EndsWith('$') || pattern.EndsWith("\\$", StringComparison.Ordinal))
        {
            throw Wrong("is not anchored by ^ and $");
        }

        _at = 1;
        var expression = Alternatives();
        return _at == pattern.Length - 1 ? expression : throw Wrong($"cannot be read at character {_at + 1} ('{pattern[_at]}')");
    }

    private bool AtEnd => _at >= pattern.Length - 1;

    private string Alternatives()
    {
        var parts = new List<string> { Sequence() };
        while (!AtEnd && pattern[_at] == '|')
        {
            _at++;
            parts.Add(Sequence());
        }

        return string.Join(" | ", parts);
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (!AtEnd && pattern[_at] is not ('|' or ')'))
        {
            var item = Item();
            text.Append(text.Length > 0 ? " " : "").Append(item).Append(Quantifier());
        }

        return text.Length > 0 ? text.ToString() : "\"\"";
    }

    private string Item()
    {
        var character = pattern[_at++];
        switch (character)
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '.':
                return $"[^{NeverInString}]";
            case '\\':
                var escaped = Escaped();
                return ClassOf(escaped) is { } members ? $"[{members}]" : Literal(escaped);
            case '^' or '$' or '*' or '+' or '?' or '{' or '}' or ']':
                throw Wrong($"has a '{character}' at character {_at} that cannot stand there");
            default:
                return Literal(character);
        }
    }

    private string Group()
    {
        if (pattern[_at] == '?')
        {
            _at += pattern.AsSpan(_at).StartsWith("?:") ? 2 : throw Wrong("has a group that is more than a group");
        }

        var inner = Alternatives();
        if (AtEnd || pattern[_at] != ')')
        {
            throw Wrong("has a group that does not end");
        }

        _at++;
        return $"({inner})";
    }

    private string Class()
    {
        var isNegated = pattern[_at] == '^';
        _at += isNegated ? 1 : 0;
        var members = new StringBuilder();
        for (var isFirst = true; !AtEnd && (pattern[_at] != ']' || isFirst); isFirst = false)
        {
            members.Append(Member(isNegated));
        }

        if (AtEnd || members.Length == 0)
        {
            throw Wrong("has a class that does not end");
        }

        _at++;
        return isNegated ? $"[^{members}{NeverInString}]" : $"[{members}]";
    }

    private string Member(bool isNegated)
    {
        var from = pattern[_at++];
        if (from == '\\')
        {
            from = Escaped();
            if (ClassOf(from) is { } members)
            {
                return members;
            }
        }

        if (_at + 1 < pattern.Length - 1 && pattern[_at] == '-' && pattern[_at + 1] != ']')
        {
            _at++;
            var to = pattern[_at++];
            to = to == '\\' ? Escaped() : to;
            return to < from || (!isNegated && from < ' ')
                ? throw Wrong($"has a range {from}-{to} that is empty or holds control characters")
                : isNegated ? Range(from, to) : Plain(from, to);
        }

        return !isNegated && (from is '"' or '\\' || from < ' ') ? throw Wrong("has a class with a character that JSON escapes") : GrammarText.InClass(from);
    }

    /// <summary>A range without what JSON escapes: the grammar gives less than the pattern allows, never more.</summary>
    private static string Plain(char from, char to)
    {
        foreach (var escaped in (ReadOnlySpan<char>)['"', '\\'])
        {
            if (from <= escaped && escaped <= to)
            {
                return (from < escaped ? Plain(from, (char)(escaped - 1)) : "") + (escaped < to ? Plain((char)(escaped + 1), to) : "");
            }
        }

        return Range(from, to);
    }

    private static string Range(char from, char to) => from == to ? GrammarText.InClass(from) : $"{GrammarText.InClass(from)}-{GrammarText.InClass(to)}";

    private char Escaped()
    {
        if (AtEnd)
        {
            throw Wrong("ends with a backslash");
        }

        var character = pattern[_at++];
        return char.IsAsciiLetterOrDigit(character) && character is not ('d' or 'w' or 's') ? throw Wrong($"has the escape \\{character}") : character;
    }

    // \d, \w and \s are the only escapes of letters that get here.
    private static string? ClassOf(char escaped) => escaped switch
    {
        'd' => "0-9",
        'w' => "a-zA-Z0-9_",
        's' => " ",
        _ => null,
    };

    private static string Literal(char character) => GrammarText.Literal(PlainJson.Text(character.ToString())[1..^1]);

    private string Quantifier()
    {
        if (AtEnd)
        {
            return "";
        }

        var times = pattern[_at] switch
        {
            '*' => (0, (int?)null, 1),
            '+' => (1, null, 1),
            '?' => (0, 1, 1),
            '{' => Counted(),
            _ => (1, 1, 0),
        };
        _at += times.Item3;
        return times.Item3 > 0 && !AtEnd && pattern[_at] is '?' or '+' ? throw Wrong("has a quantifier that is lazy or possessive") : GrammarText.Times(times.Item1, times.Item2);
    }

    private (int Least, int? Most, int Length) Counted()
    {
        var end = pattern.IndexOf('}', _at);
        var parts = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        if (parts.Length is not (1 or 2) || !Parse(parts[0], out var least))
        {
            throw Wrong("has a counted quantifier that cannot be read");
        }

        int? most = parts.Length == 1 ? least : parts[1].Length == 0 ? null : Parse(parts[1], out var given) && given >= least ? given : throw Wrong("has a counted quantifier that cannot be met");
        return (least, most, end - _at + 1);
    }

    private static bool Parse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= JsonSchemaGrammar.MostRepetitions;

    private Forge.Core.Errors.ForgeException Wrong(string what) => JsonSchemaGrammar.Unsupported(place, $"the pattern {pattern} {what}");
}
