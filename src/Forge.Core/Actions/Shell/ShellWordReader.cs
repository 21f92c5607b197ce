using System.Text;

namespace Forge.Core.Actions.Shell;

/// <summary>Reads the words of a shell script from a cursor: quotes, escapes and expansions (POSIX.1-2017, Shell Command Language 2.2, 2.3 and 2.6).</summary>
/// <param name="text">The script.</param>
/// <param name="variables">Variables with one known literal value.</param>
/// <param name="nested">Takes the text of each command substitution.</param>
/// <param name="depth">How many expansions it stands in.</param>
internal sealed partial class ShellWordReader(string text, Dictionary<string, string> variables, Action<string> nested, int depth = 0)
{
    private const int MaxDepth = 64;

    private int _at;

    // Within something that is read over for its end: what it holds is taken once its whole text is known.
    private int _skipping;

    /// <summary>Whether the text is at its end.</summary>
    public bool AtEnd => _at >= text.Length;

    /// <summary>The character at the cursor.</summary>
    public char Current => text[_at];

    /// <summary>What is left.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(_at);

    /// <summary>Position of the cursor.</summary>
    public int Position => _at;

    /// <summary>What lies between a position and the cursor.</summary>
    public ReadOnlySpan<char> Since(int position) => text.AsSpan(position, Math.Min(_at, text.Length) - position);

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
                Nested(ReadUntil('`'));
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
                    Nested(ReadUntil('`'));
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

    /// <summary>From an opening parenthesis to its closing one; leaves the cursor behind it.</summary>
    public string ReadParenthesized() => ReadBalanced('(', ')');

    private string ReadBraced() => ReadBalanced('{', '}');

    private string ReadBalanced(char open, char close)
    {
        if (++_skipping > MaxDepth)
        {
            throw new ShellSyntaxException("expansions nest too deep");
        }

        var start = _at;
        var opened = 0;
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

            opened += c == open ? 1 : c == close ? -1 : 0;
            _at++;
            if (opened == 0)
            {
                _skipping--;
                return text[(start + 1)..(_at - 1)];
            }
        }

        throw new ShellSyntaxException($"the {open} opened in line {LineOf(start)} does not end");
    }

    private int LineOf(int position) => 1 + text.AsSpan(0, position).Count('\n');
}
