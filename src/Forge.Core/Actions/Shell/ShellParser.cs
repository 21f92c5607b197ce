using System.Text;

namespace Forge.Core.Actions.Shell;

/// <summary>
/// Reads a POSIX or Bash script into its simple commands, in every branch and every command substitution: quotes, escapes, here-documents, comments,
/// expansions and redirections as POSIX.1-2017, Shell Command Language 2.2 to 2.10. Control flow is not followed: what could run, counts.
/// </summary>
internal sealed class ShellParser
{
    private const int MaxDepth = 32;

    private static readonly HashSet<string> Reserved =
        ["if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "coproc", "esac"];

    private readonly string _text;
    private readonly int _depth;
    private readonly List<ShellCommand> _commands;
    private readonly Dictionary<string, string> _variables;
    private readonly List<string> _words = [];
    private readonly List<string> _writes = [];
    private readonly Queue<(string Mark, bool StripTabs)> _hereDocuments = new();
    private int _at;
    private bool _nextIsWriteTarget;

    private ShellParser(string text, int depth, List<ShellCommand> commands, Dictionary<string, string> variables)
    {
        if (depth > MaxDepth)
        {
            throw new ShellSyntaxException("substitutions nest too deep");
        }

        _text = text;
        _depth = depth;
        _commands = commands;
        _variables = variables;
    }

    /// <summary>Parses a script.</summary>
    /// <exception cref="ShellSyntaxException">A quote, substitution or here-document does not end.</exception>
    public static IReadOnlyList<ShellCommand> Parse(string script)
    {
        var commands = new List<ShellCommand>();
        new ShellParser(script, 0, commands, new Dictionary<string, string>(StringComparer.Ordinal)).Run();
        return commands;
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            switch (c)
            {
                case '\n':
                    _at++;
                    EndCommand();
                    SkipHereDocuments();
                    break;
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case '#':
                    SkipLine();
                    break;
                case ';' or '&' or '|' or '(' or ')':
                    Operator(c);
                    break;
                case '<' or '>':
                    Redirection(c);
                    break;
                default:
                    TakeWord();
                    break;
            }
        }

        EndCommand();
        if (_hereDocuments.Count > 0)
        {
            throw new ShellSyntaxException($"the here-document {_hereDocuments.Peek().Mark} does not end");
        }
    }

    private void Operator(char c)
    {
        if (c == '&' && _at + 1 < _text.Length && _text[_at + 1] == '>')
        {
            _at += 2;
            _nextIsWriteTarget = true;
            return;
        }

        _at++;
        EndCommand();
    }

    private void Redirection(char c)
    {
        var rest = _text.AsSpan(_at);
        if (rest.StartsWith("<<<"))
        {
            _at += 3;
        }
        else if (rest.StartsWith("<<"))
        {
            _at += 2;
            var strip = _at < _text.Length && _text[_at] == '-';
            _at += strip ? 1 : 0;
            SkipBlanks();
            _hereDocuments.Enqueue((ReadWord(), strip));
        }
        else if (rest.StartsWith("<(") || rest.StartsWith(">("))
        {
            _at += 1;
            Nested(ReadParenthesized());
            _words.Add(ShellCommand.Unknown.ToString());
        }
        else if (rest.StartsWith(">&") || rest.StartsWith("<&"))
        {
            _at += 2;
            SkipBlanks();
            _ = ReadWord();
        }
        else
        {
            _at += rest.StartsWith(">>") || rest.StartsWith(">|") || rest.StartsWith("<>") ? 2 : 1;
            _nextIsWriteTarget = c == '>' || rest.StartsWith("<>");
        }
    }

    private void TakeWord()
    {
        var start = _at;
        var word = ReadWord();
        if (_at < _text.Length && _text[_at] is '<' or '>' && word.Length > 0 && word.All(char.IsAsciiDigit) && _at - start == word.Length)
        {
            return; // a file descriptor before a redirection
        }

        if (_nextIsWriteTarget)
        {
            _nextIsWriteTarget = false;
            _writes.Add(word);
        }
        else if (_words.Count == 0 && Reserved.Contains(word))
        {
            return;
        }
        else if (_words.Count == 0 && IsAssignment(word, out var name))
        {
            Assign(name, word[(name.Length + 1)..]);
        }
        else
        {
            _words.Add(word);
        }
    }

    private void Assign(string name, string value)
    {
        if (_at < _text.Length && _text[_at] == '(' && value.Length == 0)
        {
            var items = ReadParenthesized(); // an array
            Nested(items);
            value = ShellCommand.Unknown.ToString();
        }

        // A second, different value means that only the running shell knows which one holds.
        _variables[name] = _variables.TryGetValue(name, out var old) && old != value ? ShellCommand.Unknown.ToString() : value;
    }

    private static bool IsAssignment(string word, out string name)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        name = equals > 0 ? word[..equals] : "";
        return equals > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(ch => char.IsAsciiLetterOrDigit(ch) || ch == '_');
    }

    private string ReadWord()
    {
        var word = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at];
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
                if (_at < _text.Length && _text[_at++] is var escaped and not '\n')
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
        while (end < _text.Length && _text[end] != quote)
        {
            end += quote == '`' && _text[end] == '\\' ? 2 : 1;
        }

        if (end >= _text.Length)
        {
            throw new ShellSyntaxException($"the {quote} opened in line {LineOf(_at)} does not end");
        }

        var inner = _text[(_at + 1)..end];
        _at = end + 1;
        return inner;
    }

    private void ReadDoubleQuoted(StringBuilder word)
    {
        var opened = _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            switch (_text[_at])
            {
                case '\\':
                    _at++;
                    if (_at < _text.Length)
                    {
                        word.Append(_text[_at++] is var e and ('$' or '`' or '"' or '\\' or '\n') ? (e == '\n' ? "" : e.ToString()) : $"\\{_text[_at - 1]}");
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
                    word.Append(_text[_at++]);
                    break;
            }
        }

        if (_at++ >= _text.Length)
        {
            throw new ShellSyntaxException($"the \" opened in line {LineOf(opened)} does not end");
        }
    }

    private void ReadExpansion(StringBuilder word)
    {
        _at++;
        var next = _at < _text.Length ? _text[_at] : '\0';
        if (next == '(')
        {
            var arithmetic = _at + 1 < _text.Length && _text[_at + 1] == '(';
            var inner = ReadParenthesized();
            if (!arithmetic)
            {
                Nested(inner);
            }

            word.Append(ShellCommand.Unknown);
        }
        else if (next == '{')
        {
            var inner = ReadBraced();
            word.Append(_variables.TryGetValue(inner, out var value) ? value : ShellCommand.Unknown.ToString());
        }
        else if (next == '\'')
        {
            word.Append(ReadUntil('\''));
        }
        else if (char.IsAsciiLetter(next) || next == '_')
        {
            var start = _at;
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            {
                _at++;
            }

            word.Append(_variables.TryGetValue(_text[start.._at], out var value) ? value : ShellCommand.Unknown.ToString());
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
    private string ReadParenthesized() => ReadBalanced('(', ')');

    private string ReadBraced() => ReadBalanced('{', '}');

    private string ReadBalanced(char open, char close)
    {
        var start = _at;
        var depth = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
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
                return _text[(start + 1)..(_at - 1)];
            }
        }

        throw new ShellSyntaxException($"the {open} opened in line {LineOf(start)} does not end");
    }

    private void Nested(string text) => new ShellParser(text, _depth + 1, _commands, _variables).Run();

    private void EndCommand()
    {
        _nextIsWriteTarget = false;
        if (_words.Count > 0 || _writes.Count > 0)
        {
            _commands.Add(new ShellCommand([.. _words], [.. _writes]));
            NoteLoop();
        }

        _words.Clear();
        _writes.Clear();
    }

    private void NoteLoop()
    {
        if (_words is ["for" or "select", var name, ..])
        {
            _variables[name] = _words is [_, _, "in", var only] ? only : ShellCommand.Unknown.ToString();
        }
    }

    private void SkipHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var document))
        {
            var found = false;
            while (_at < _text.Length && !found)
            {
                var end = _text.IndexOf('\n', _at);
                var line = end < 0 ? _text[_at..] : _text[_at..end];
                _at = end < 0 ? _text.Length : end + 1;
                found = (document.StripTabs ? line.TrimStart('\t') : line) == document.Mark;
            }

            if (!found)
            {
                throw new ShellSyntaxException($"the here-document {document.Mark} does not end");
            }
        }
    }

    private void SkipLine()
    {
        while (_at < _text.Length && _text[_at] != '\n')
        {
            _at++;
        }
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private int LineOf(int position) => 1 + _text.AsSpan(0, position).Count('\n');
}
