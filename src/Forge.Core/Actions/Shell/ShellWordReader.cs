using System.Text;

namespace Forge.Core.Actions.Shell;

/// <summary>Reads the words of a shell script from a cursor: quotes, escapes and expansions (POSIX.1-2017, Shell Command Language 2.2, 2.3 and 2.6).</summary>
/// <param name="text">The script.</param>
/// <param name="variables">Variables with one known literal value.</param>
/// <param name="nested">Takes the text of each command substitution.</param>
internal sealed class ShellWordReader(string text, Dictionary<string, string> variables, Action<string> nested)
{
    private int _at;

    /// <summary>Whether the text is at its end.</summary>
    public bool AtEnd => _at >= text.Length;

    /// <summary>The character at the cursor.</summary>
    public char Current => text[_at];

    /// <summary>What is left.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(_at);

    /// <summary>Position of the cursor.</summary>
    public int Position => _at;

    /// <summary>Moves the cursor on.</summary>
    public void Skip(int characters) => _at += characters;

    /// <summary>Moves the cursor to the end of the line.</summary>
    public void SkipLine()
    {
        while (!AtEnd && Current != '\n')
        {
            _at++;
        }
    }

    /// <summary>Moves the cursor over blanks.</summary>
    public void SkipBlanks()
    {
        while (!AtEnd && Current is ' ' or '\t')
        {
            _at++;
        }
    }

    /// <summary>Takes the rest of the line, and its end.</summary>
    public string TakeLine()
    {
        var end = text.IndexOf('\n', _at);
        var line = end < 0 ? text[_at..] : text[_at..end];
        _at = end < 0 ? text.Length : end + 1;
        return line;
    }

    /// <summary>Reads a word; empty where none begins here.</summary>
    public string ReadWord()
    {
        var word = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c is ' ' or '\t' or '\n' or '\r' or ';' or '&' or '|' or '<' or '>' or ')' || (c == '(' && !IsExtendedGlob(word)))
            {
                break;
            }

            ReadPart(c, word);
        }

        return word.ToString();
    }

    private void ReadPart(char c, StringBuilder word)
    {
        switch (c)
        {
            case '\'':
                word.Append(ReadUntil('\''));
                break;
            case '"':
                ReadDoubleQuoted(word);
                break;
            case '\\':
                _at++;
                if (_at < text.Length && text[_at++] is var escaped and not '\n')
                {
                    word.Append(escaped);
                }

                break;
            case '$':
                ReadExpansion(word);
                break;
            case '`':
                nested(ReadUntil('`'));
                word.Append(ShellCommand.Unknown);
                break;
            case '(':
                _ = ReadParenthesized();
                word.Append(ShellCommand.Unknown);
                break;
            default:
                word.Append(c);
                _at++;
                break;
        }
    }

    private static bool IsExtendedGlob(StringBuilder word) => word.Length > 0 && word[^1] is '?' or '*' or '+' or '@' or '!';

    private string ReadUntil(char quote)
    {
        var end = _at + 1;
        while (end < text.Length && text[end] != quote)
        {
            end += quote == '`' && text[end] == '\\' ? 2 : 1;
        }

        if (end >= text.Length)
        {
            throw new ShellSyntaxException($"the {quote} opened in line {LineOf(_at)} does not end");
        }

        var inner = text[(_at + 1)..end];
        _at = end + 1;
        return inner;
    }

    private void ReadDoubleQuoted(StringBuilder word)
    {
        var opened = _at++;
        while (_at < text.Length && text[_at] != '"')
        {
            switch (text[_at])
            {
                case '\\':
                    _at++;
                    if (_at < text.Length)
                    {
                        word.Append(text[_at++] is var e and ('$' or '`' or '"' or '\\' or '\n') ? (e == '\n' ? "" : e.ToString()) : $"\\{text[_at - 1]}");
                    }

                    break;
                case '$':
                    ReadExpansion(word);
                    break;
                case '`':
                    nested(ReadUntil('`'));
                    word.Append(ShellCommand.Unknown);
                    break;
                default:
                    word.Append(text[_at++]);
                    break;
            }
        }

        if (_at++ >= text.Length)
        {
            throw new ShellSyntaxException($"the \" opened in line {LineOf(opened)} does not end");
        }
    }

    private void ReadExpansion(StringBuilder word)
    {
        _at++;
        var next = _at < text.Length ? text[_at] : '\0';
        if (next == '(')
        {
            var arithmetic = _at + 1 < text.Length && text[_at + 1] == '(';
            var inner = ReadParenthesized();
            if (!arithmetic)
            {
                nested(inner);
            }

            word.Append(ShellCommand.Unknown);
        }
        else if (next == '{')
        {
            var inner = ReadBraced();
            word.Append(variables.TryGetValue(inner, out var value) ? value : ShellCommand.Unknown.ToString());
        }
        else if (next == '\'')
        {
            word.Append(ReadUntil('\''));
        }
        else if (char.IsAsciiLetter(next) || next == '_')
        {
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            word.Append(variables.TryGetValue(text[start.._at], out var value) ? value : ShellCommand.Unknown.ToString());
        }
        else if (char.IsAsciiDigit(next) || next is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at++;
            word.Append(ShellCommand.Unknown);
        }
        else
        {
            word.Append('$');
        }
    }

    /// <summary>From an opening parenthesis to its closing one; leaves the cursor behind it.</summary>
    public string ReadParenthesized() => ReadBalanced('(', ')');

    private string ReadBraced() => ReadBalanced('{', '}');

    private string ReadBalanced(char open, char close)
    {
        var start = _at;
        var depth = 0;
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '\\')
            {
                _at += 2;
                continue;
            }

            if (c is '\'' && open == '(')
            {
                _ = ReadUntil('\'');
                continue;
            }

            if (c == '"')
            {
                ReadDoubleQuoted(new StringBuilder());
                continue;
            }

            depth += c == open ? 1 : c == close ? -1 : 0;
            _at++;
            if (depth == 0)
            {
                return text[(start + 1)..(_at - 1)];
            }
        }

        throw new ShellSyntaxException($"the {open} opened in line {LineOf(start)} does not end");
    }

    private int LineOf(int position) => 1 + text.AsSpan(0, position).Count('\n');
}
