using System.Text;
using System.Text.Json;

namespace Forge.Core.Actions.Shell;

/// <summary>
/// Reads the syntax tree that <c>shfmt --to-json</c> prints (mvdan.cc/sh, package syntax, version 3) into simple commands, by the same rules as
/// <see cref="ShellParser"/>: every branch counts, variables with one literal value are filled in. Operators are read from the script's own bytes, because the
/// tree's numbers for them change between versions.
/// </summary>
internal sealed class ShellTreeReader
{
    private const int MaxDepth = 500;

    private readonly byte[] _source;
    private readonly List<ShellCommand> _commands = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private int _depth;

    private ShellTreeReader(string script) => _source = Encoding.UTF8.GetBytes(script);

    /// <summary>The commands of a script's tree.</summary>
    /// <param name="script">The very text that was parsed.</param>
    /// <param name="tree">Its tree.</param>
    /// <exception cref="ShellSyntaxException">It is no such tree, or nests too deep.</exception>
    public static IReadOnlyList<ShellCommand> Read(string script, JsonElement tree)
    {
        if (tree.ValueKind != JsonValueKind.Object || TypeOf(tree) != "File")
        {
            throw new ShellSyntaxException("what the parser printed is not a syntax tree");
        }

        var reader = new ShellTreeReader(script);
        reader.Visit(tree);
        return reader._commands;
    }

    private static string TypeOf(JsonElement node) => node.TryGetProperty("Type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";

    // A node of unknown kind is gone through for what is in it, so that nothing that could run is missed.
    private void Visit(JsonElement node)
    {
        if (++_depth > MaxDepth)
        {
            throw new ShellSyntaxException("the script nests too deep");
        }

        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Visit(item);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            VisitObject(node);
        }

        _depth--;
    }

    private void VisitObject(JsonElement node)
    {
        if (node.TryGetProperty("Parts", out _))
        {
            _ = Word(node);
        }
        else if (node.TryGetProperty("Cmd", out _) || node.TryGetProperty("Redirs", out _))
        {
            Statement(node);
        }
        else if (TypeOf(node) is "ForClause" && node.TryGetProperty("Loop", out var loop) && loop.TryGetProperty("Name", out var name))
        {
            Loop(loop, name.GetProperty("Value").GetString()!);
            Visit(node.GetProperty("Do"));
        }
        else
        {
            foreach (var child in node.EnumerateObject())
            {
                Visit(child.Value);
            }
        }
    }

    private void Statement(JsonElement statement)
    {
        var words = new List<string>();
        if (statement.TryGetProperty("Cmd", out var command))
        {
            switch (TypeOf(command))
            {
                case "CallExpr":
                    Call(command, words);
                    break;
                case "DeclClause":
                    words.Add(command.GetProperty("Variant").GetProperty("Value").GetString()!);
                    Declaration(command, words);
                    break;
                case "TestClause":
                    words.Add("[[");
                    Operands(command.GetProperty("X"), words);
                    break;
                default:
                    Visit(command);
                    break;
            }
        }

        var writes = new List<string>();
        if (statement.TryGetProperty("Redirs", out var redirections))
        {
            foreach (var redirection in redirections.EnumerateArray())
            {
                Redirection(redirection, writes);
            }
        }

        if (words.Count + writes.Count > 0)
        {
            _commands.Add(new ShellCommand(words, writes));
        }
    }

    private void Call(JsonElement call, List<string> words)
    {
        var hasArguments = call.TryGetProperty("Args", out var arguments);
        if (call.TryGetProperty("Assigns", out var assigns))
        {
            foreach (var assign in assigns.EnumerateArray())
            {
                Assign(assign);
            }
        }

        if (hasArguments)
        {
            words.AddRange(arguments.EnumerateArray().Select(Word));
        }
    }

    private void Assign(JsonElement assign)
    {
        var value = assign.TryGetProperty("Array", out var array) ? Items(array)
            : assign.TryGetProperty("Value", out var word) ? Word(word) : "";
        if (assign.TryGetProperty("Index", out var index))
        {
            value = Unknown(index);
        }

        var name = assign.GetProperty("Name").GetProperty("Value").GetString()!;
        _variables[name] = assign.TryGetProperty("Append", out _) || (_variables.TryGetValue(name, out var old) && old != value) ? ShellCommand.Unknown.ToString() : value;
    }

    private string Items(JsonElement array)
    {
        var items = array.TryGetProperty("Elems", out var elements) ? elements.EnumerateArray().Where(e => e.TryGetProperty("Value", out _)).Select(e => Word(e.GetProperty("Value"))).ToList() : [];
        _commands.Add(new ShellCommand([ShellCommand.Array, .. items], []));
        return ShellCommand.Unknown.ToString();
    }

    private void Declaration(JsonElement declaration, List<string> words)
    {
        if (!declaration.TryGetProperty("Args", out var arguments))
        {
            return;
        }

        foreach (var argument in arguments.EnumerateArray())
        {
            var name = argument.TryGetProperty("Name", out var n) && n.ValueKind == JsonValueKind.Object ? n.GetProperty("Value").GetString()! : "";
            var value = argument.TryGetProperty("Array", out var array) ? Items(array) : argument.TryGetProperty("Value", out var word) ? Word(word) : "";
            words.Add(name.Length == 0 || argument.TryGetProperty("Naked", out _) ? name + value : $"{name}={value}");
        }
    }

    private void Operands(JsonElement expression, List<string> words)
    {
        if (expression.TryGetProperty("Parts", out _))
        {
            words.Add(Word(expression));
            return;
        }

        foreach (var child in expression.EnumerateObject().Where(c => c.Value.ValueKind == JsonValueKind.Object && c.Name is "X" or "Y"))
        {
            Operands(child.Value, words);
        }
    }

    private void Loop(JsonElement loop, string name)
    {
        var items = loop.TryGetProperty("Items", out var list) ? list.EnumerateArray().Select(Word).ToList() : [];
        _commands.Add(new ShellCommand(["for", name, "in", .. items], []));
        _variables[name] = items is [var only] ? only : ShellCommand.Unknown.ToString();
    }

    private void Redirection(JsonElement redirection, List<string> writes)
    {
        if (redirection.TryGetProperty("Hdoc", out var document))
        {
            Visit(document);
        }

        var at = OffsetOf(redirection, "OpPos");
        var operation = Encoding.ASCII.GetString(_source, at, Math.Min(3, _source.Length - at));
        var word = redirection.TryGetProperty("Word", out var target) ? Word(target) : "";
        // >&2 and <&3 are descriptors, << and <<< bring their own text; all others with > write.
        if ((operation.StartsWith('>') && !operation.StartsWith(">&", StringComparison.Ordinal)) || operation.StartsWith("&>", StringComparison.Ordinal)
            || operation.StartsWith("<>", StringComparison.Ordinal) || (operation.StartsWith(">&", StringComparison.Ordinal) && !(word == "-" || word.All(char.IsAsciiDigit))))
        {
            writes.Add(word);
        }
    }

    private string Word(JsonElement word)
    {
        var text = new StringBuilder();
        if (word.TryGetProperty("Parts", out var parts))
        {
            foreach (var part in parts.EnumerateArray())
            {
                Part(part, text, false);
            }
        }

        return text.ToString();
    }

    private void Part(JsonElement part, StringBuilder text, bool quoted)
    {
        switch (TypeOf(part))
        {
            case "Lit":
                Literal(part.GetProperty("Value").GetString()!, text, quoted);
                break;
            case "SglQuoted":
                text.Append(part.TryGetProperty("Value", out var value) ? value.GetString() : "");
                break;
            case "DblQuoted":
                if (part.TryGetProperty("Parts", out var parts))
                {
                    foreach (var inner in parts.EnumerateArray())
                    {
                        Part(inner, text, true);
                    }
                }

                break;
            case "ParamExp" when IsPlain(part):
                text.Append(_variables.GetValueOrDefault(part.GetProperty("Param").GetProperty("Value").GetString()!, ShellCommand.Unknown.ToString()));
                break;
            case "ExtGlob":
                text.Append((char)_source[OffsetOf(part, "OpPos")]).Append(ShellCommand.Unknown);
                break;
            default:
                text.Append(Unknown(part));
                break;
        }
    }

    // ${x} and $x and nothing more: no default, no cut, no index.
    private static bool IsPlain(JsonElement expansion) =>
        expansion.TryGetProperty("Param", out var name) && (char.IsAsciiLetter(name.GetProperty("Value").GetString()![0]) || name.GetProperty("Value").GetString()![0] == '_')
        && !expansion.EnumerateObject().Any(p => p.Name is "Exp" or "Repl" or "Slice" or "Index" or "Length" or "Excl" or "Width" or "Names");

    // POSIX.1-2017, Shell Command Language 2.2.1 and 2.2.3: outside of quotes a backslash keeps any character, within double quotes only some.
    private static void Literal(string raw, StringBuilder text, bool quoted)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length || (quoted && raw[i + 1] is not ('$' or '`' or '"' or '\\' or '\n')))
            {
                text.Append(raw[i]);
            }
            else if (raw[++i] != '\n')
            {
                text.Append(raw[i]);
            }
        }
    }

    private string Unknown(JsonElement node)
    {
        foreach (var child in node.EnumerateObject())
        {
            Visit(child.Value);
        }

        return ShellCommand.Unknown.ToString();
    }

    private static int OffsetOf(JsonElement node, string position) =>
        node.TryGetProperty(position, out var at) && at.TryGetProperty("Offset", out var offset) ? offset.GetInt32() : throw new ShellSyntaxException("the syntax tree names no position");
}
