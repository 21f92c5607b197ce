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

    private readonly ShellWordReader _reader;
    private readonly int _depth;
    private readonly List<ShellCommand> _commands;
    private readonly Dictionary<string, string> _variables;
    private readonly List<string> _words = [];
    private readonly List<string> _writes = [];
    private readonly Queue<(string Mark, bool StripTabs, bool IsPlain)> _hereDocuments = new();
    private bool _nextIsWriteTarget;
    private bool _nextIsInput;

    private ShellParser(string text, int depth, List<ShellCommand> commands, Dictionary<string, string> variables)
    {
        if (depth > MaxDepth)
        {
            throw new ShellSyntaxException("substitutions nest too deep");
        }

        _reader = new ShellWordReader(text, variables, Nested);
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
        while (!_reader.AtEnd)
        {
            var c = _reader.Current;
            switch (c)
            {
                case '\n':
                    _reader.Skip(1);
                    EndCommand();
                    SkipHereDocuments();
                    break;
                case ' ' or '\t' or '\r':
                    _reader.Skip(1);
                    break;
                case '\\' when _reader.Rest.StartsWith("\\\n"):
                    _reader.Skip(2);
                    break;
                case '#':
                    _reader.SkipLine();
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
        if (_reader.Rest.StartsWith("&>"))
        {
            _reader.Skip(2);
            _nextIsWriteTarget = true;
            return;
        }

        _reader.Skip(1);
        EndCommand();
    }

    private void Redirection(char c)
    {
        var rest = _reader.Rest;
        if (rest.StartsWith("<<<"))
        {
            _reader.Skip(3);
            _nextIsInput = true;
        }
        else if (rest.StartsWith("<<"))
        {
            _reader.Skip(2);
            var strip = !_reader.AtEnd && _reader.Current == '-';
            _reader.Skip(strip ? 1 : 0);
            _reader.SkipBlanks();
            var start = _reader.Position;
            var mark = _reader.ReadWord();
            _hereDocuments.Enqueue((mark, strip, _reader.Since(start).IndexOfAny('\'', '"', '\\') >= 0));
        }
        else if (rest.StartsWith("<(") || rest.StartsWith(">("))
        {
            _reader.Skip(1);
            Nested(_reader.ReadParenthesized());
            AddWord(ShellCommand.Unknown.ToString());
        }
        else if (rest.StartsWith(">&") || rest.StartsWith("<&"))
        {
            _reader.Skip(2);
            _reader.SkipBlanks();
            _ = _reader.ReadWord();
        }
        else
        {
            _reader.Skip(rest.StartsWith(">>") || rest.StartsWith(">|") || rest.StartsWith("<>") ? 2 : 1);
            _nextIsWriteTarget = c == '>' || rest.StartsWith("<>");
            _nextIsInput = !_nextIsWriteTarget;
        }
    }

    private void TakeWord()
    {
        var start = _reader.Position;
        var word = _reader.ReadWord();
        if (!_reader.AtEnd && _reader.Current is '<' or '>' && word.Length > 0 && word.All(char.IsAsciiDigit) && _reader.Position - start == word.Length)
        {
            return; // a file descriptor before a redirection
        }

        if (_nextIsWriteTarget || _nextIsInput)
        {
            AddWord(word);
        }
        else if (_words.Count == 0 && Reserved.Contains(word))
        {
            return;
        }
        else if (_words.Count == 0 && IsAssignment(word, out var name))
        {
            Assign(name, word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..], word[name.Length] != '=');
        }
        else if (word.EndsWith('=') && !_reader.AtEnd && _reader.Current == '(')
        {
            TakeArray(); // declare -a name=(...)
            _words.Add(word + ShellCommand.Unknown);
        }
        else
        {
            _words.Add(word);
        }
    }

    // A word where it belongs: what is read from is none of the command's words.
    private void AddWord(string word)
    {
        if (!_nextIsInput)
        {
            (_nextIsWriteTarget ? _writes : _words).Add(word);
        }

        _nextIsWriteTarget = _nextIsInput = false;
    }

    // One element of an array and += are changes that only the running shell knows the outcome of.
    private void Assign(string name, string value, bool isPart)
    {
        if (!_reader.AtEnd && _reader.Current == '(' && value.Length == 0)
        {
            TakeArray();
            isPart = true;
        }

        // A second, different value means that only the running shell knows which one holds.
        _variables[name] = isPart || (_variables.TryGetValue(name, out var old) && old != value) ? ShellCommand.Unknown.ToString() : value;
    }

    // Items of an array are no command, but what they name may be touched where the array is used.
    private void TakeArray()
    {
        var items = _reader.ReadParenthesized();
        _reader.Expand(items);
        var reader = new ShellWordReader(items, _variables, static _ => { });
        var words = new List<string> { ShellCommand.Array };
        while (!reader.AtEnd)
        {
            var at = reader.Position;
            if (reader.Current == '#')
            {
                reader.SkipLine();
            }
            else if (reader.ReadWord() is var word && reader.Position > at)
            {
                words.Add(word);
            }
            else
            {
                reader.Skip(1);
            }
        }

        _commands.Add(new ShellCommand(words, []));
    }

    private static bool IsAssignment(string word, out string name)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        name = equals > 0 ? word[..equals].TrimEnd('+') : "";
        var index = name.IndexOf('[', StringComparison.Ordinal);
        name = index > 0 && name.EndsWith(']') ? name[..index] : name;
        return name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(ch => char.IsAsciiLetterOrDigit(ch) || ch == '_');
    }

    private void Nested(string text) => new ShellParser(text, _depth + 1, _commands, _variables).Run();

    private void EndCommand()
    {
        _nextIsWriteTarget = _nextIsInput = false;
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
            var start = _reader.Position;
            var end = start;
            while (!_reader.AtEnd && !found)
            {
                end = _reader.Position;
                var line = _reader.TakeLine();
                found = (document.StripTabs ? line.TrimStart('\t') : line) == document.Mark;
            }

            if (!document.IsPlain)
            {
                _reader.Expand(_reader.Since(start)[..(end - start)].ToString());
            }

            if (!found)
            {
                throw new ShellSyntaxException($"the here-document {document.Mark} does not end");
            }
        }
    }
}
