using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>
/// Variables that a fix sets for itself, and the few forms of Jinja in which the content uses them. What depends on the machine (registered results, facts of
/// Ansible) stays unknown, and so does every text that needs it.
/// </summary>
internal sealed partial class AnsibleFacts
{
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _expressions = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Expressions that facts were set to and that could not be evaluated, as written.</summary>
    public IReadOnlyList<string> Expressions => _expressions;

    /// <summary>Sets one fact from a node.</summary>
    public void Set(string name, YamlNode value)
    {
        _lists.Remove(name);
        _texts.Remove(name);
        switch (value)
        {
            case YamlScalarNode { Value: { } raw }:
                if (FindList(raw) is { } list)
                {
                    _lists[name] = list;
                }
                else if (Fill(raw, out _) is { } text)
                {
                    _texts[name] = text;
                }
                else
                {
                    _expressions.Add(raw);
                }

                break;
            case YamlSequenceNode items:
                var filled = items.Select(i => i is YamlScalarNode { Value: { } one } ? Fill(one, out _) : null).ToList();
                if (filled.TrueForAll(f => f is not null))
                {
                    _lists[name] = filled!;
                }

                break;
            case YamlMappingNode fields:
                foreach (var (key, field) in fields.Children)
                {
                    Set($"{name}.{(key as YamlScalarNode)?.Value}", field);
                }

                break;
        }
    }

    /// <summary>Sets one fact that holds only on machines that have a certain account: where two such values are told, neither is known.</summary>
    public void SetWhereFound(string name, YamlNode value)
    {
        var before = _texts.GetValueOrDefault(name);
        Set(name, value);
        if (!_seen.Add(name) && _texts.GetValueOrDefault(name) != before)
        {
            _texts.Remove(name);
        }
    }

    /// <summary>Fills in a text.</summary>
    /// <param name="template">The text as written.</param>
    /// <param name="unresolved">The first expression that is unknown; null where none is.</param>
    /// <returns>Null where something in it is unknown.</returns>
    public string? Fill(string template, out string? unresolved)
    {
        string? missing = null;
        var text = Expression().Replace(template, match =>
        {
            var value = Evaluate(match.Groups["e"].Value.Trim()) is { } found ? found.Text ?? string.Join(',', found.List!) : null;
            missing ??= value is null ? match.Groups["e"].Value.Trim() : null;
            return value ?? "";
        });
        missing ??= text.Contains("{%", StringComparison.Ordinal) ? "a statement" : null;
        unresolved = missing;
        return missing is null ? text : null;
    }

    /// <summary>The list that a text is, where it is one expression for a known list.</summary>
    public IReadOnlyList<string>? FindList(string template) =>
        Expression().Match(template.Trim()) is { Success: true } match && match.Length == template.Trim().Length ? Evaluate(match.Groups["e"].Value.Trim())?.List : null;

    /// <summary>Pairs of <c>key=value</c> in free text (the old form of arguments).</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(string text) =>
        Pair().Matches(text).Select(m => (m.Groups["k"].Value, m.Groups["q"].Success ? m.Groups["q"].Value : m.Groups["v"].Value));

    private (string? Text, IReadOnlyList<string>? List)? Evaluate(string expression)
    {
        var parts = Split(expression);
        var value = Head(parts[0]);
        if (value is null && parts.Count == 2 && Word().IsMatch(parts[0]) && Default().Match(parts[1]) is { Success: true } fallback)
        {
            // A name of the fix's own that only a machine with an odd set-up has.
            return (fallback.Groups["t"].Value, null);
        }

        foreach (var filter in parts.Skip(1))
        {
            value = value is { } known ? Apply(filter, known.Text, known.List) : null;
        }

        return value;
    }

    private (string? Text, IReadOnlyList<string>? List)? Head(string head)
    {
        if (Literal().Match(head) is { Success: true } literal)
        {
            return (literal.Groups["t"].Value, null);
        }

        if (Indexed().Match(head) is { Success: true } indexed && _lists.TryGetValue(indexed.Groups["n"].Value, out var items))
        {
            var at = int.Parse(indexed.Groups["i"].Value, System.Globalization.CultureInfo.InvariantCulture);
            return at < items.Count ? (items[at], null) : null;
        }

        if (Item().Match(head) is { Success: true } split && _texts.TryGetValue(split.Groups["n"].Value, out var whole))
        {
            return (whole.Split(split.Groups["s"].Value)[0], null);
        }

        return _texts.TryGetValue(head, out var text) ? (text, null) : _lists.TryGetValue(head, out var list) ? (null, list) : null;
    }

    private static (string? Text, IReadOnlyList<string>? List)? Apply(string filter, string? text, IReadOnlyList<string>? list)
    {
        var argument = Argument().Match(filter) is { Success: true } call ? call.Groups["t"].Value : "";
        var name = filter.Split('(')[0].Trim();
        return name switch
        {
            "quote" or "string" or "int" or "default" or "list" or "unique" => (text, list),
            "trim" => (text?.Trim(), list),
            "lower" when text is not null => (text.ToLowerInvariant(), null),
            "upper" when text is not null => (text.ToUpperInvariant(), null),
            "join" when list is not null => (string.Join(argument, list), null),
            "first" when list is { Count: > 0 } => (list[0], null),
            "last" when list is { Count: > 0 } => (list[^1], null),
            "split" when text is not null => (null, argument.Length == 0 ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : text.Split(argument)),
            "dirname" when text is not null => (text[..Math.Max(text.LastIndexOf('/'), 0)], null),
            "basename" when text is not null => (text[(text.LastIndexOf('/') + 1)..], null),
            _ => null,
        };
    }

    /// <summary>The parts between bars that stand outside of quotes.</summary>
    private static List<string> Split(string expression)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        char? quote = null;
        foreach (var c in expression)
        {
            quote = quote is null ? (c is '\'' or '"' ? c : null) : c == quote ? null : quote;
            if (c == '|' && quote is null)
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts;
    }

    [GeneratedRegex(@"\{\{(?<e>.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^(?<q>['""])(?<t>[^'""]*)\k<q>$")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(?<n>\w+)\[(?<i>\d{1,4})\]$")]
    private static partial Regex Indexed();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^default\(\s*(?<q>['""])(?<t>/[^'""]+)\k<q>\s*\)$")]
    private static partial Regex Default();

    [GeneratedRegex(@"^(?<n>\w+)\s*\.split\(\s*(?<q>['""])(?<s>[^'""]+)\k<q>\s*\)\s*\[0\]$")]
    private static partial Regex Item();

    [GeneratedRegex(@"\(\s*(?<q>['""])(?<t>[^'""]*)\k<q>")]
    private static partial Regex Argument();

    [GeneratedRegex(@"(?<k>\w+)=(?:""(?<q>(?:[^""\\]|\\.)*)""|'(?<q>[^']*)'|(?<v>[^\s""']+))", RegexOptions.Singleline)]
    private static partial Regex Pair();
}
