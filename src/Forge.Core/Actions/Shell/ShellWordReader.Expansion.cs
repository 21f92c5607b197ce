using System.Text;

namespace Forge.Core.Actions.Shell;

// What a $ begins (POSIX.1-2017, Shell Command Language 2.6).
internal sealed partial class ShellWordReader
{
    /// <summary>Takes the command substitutions of a text that the shell expands like one in double quotes (a here-document, an arithmetic expression, a default value).</summary>
    public void Expand(string expanded)
    {
        if (_skipping > 0 || expanded.AsSpan().IndexOfAny('$', '`') < 0)
        {
            return;
        }

        if (depth >= MaxDepth)
        {
            throw new ShellSyntaxException("expansions nest too deep");
        }

        new ShellWordReader(expanded, variables, nested, depth + 1).ExpandAll();
    }

    private void Nested(string command)
    {
        if (_skipping == 0)
        {
            nested(command);
        }
    }

    private void ExpandAll()
    {
        var word = new StringBuilder();
        while (_at < text.Length)
        {
            switch (text[_at])
            {
                case '\\':
                    _at += 2;
                    break;
                case '$':
                    ReadExpansion(word);
                    break;
                case '`':
                    Nested(ReadUntil('`'));
                    break;
                default:
                    _at++;
                    break;
            }
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
            if (arithmetic)
            {
                Expand(inner);
            }
            else
            {
                Nested(inner);
            }

            word.Append(ShellCommand.Unknown);
        }
        else if (next == '{')
        {
            var inner = ReadBraced();
            Expand(inner);
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
}
