using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>Arguments of one task with its variables filled in. Remembers what could not be filled in, so that a reader need not ask after each.</summary>
internal sealed class AnsibleArguments
{
    private readonly Dictionary<string, YamlNode> _nodes = new(StringComparer.Ordinal);
    private readonly AnsibleFacts _facts;

    public AnsibleArguments(YamlNode arguments, AnsibleFacts facts)
    {
        _facts = facts;
        if (arguments is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children)
            {
                _nodes[((YamlScalarNode)key).Value ?? ""] = value;
            }
        }
        else if (arguments is YamlScalarNode { Value: { } text })
        {
            FreeText = text;
            foreach (var (key, value) in AnsibleFacts.Pairs(text))
            {
                _nodes[key] = new YamlScalarNode(value) { Style = ScalarStyle.DoubleQuoted };
            }
        }
    }

    /// <summary>The free text of a task without named arguments; empty where they are named.</summary>
    public string FreeText { get; } = "";

    /// <summary>The first expression that could not be filled in; null where all could.</summary>
    public string? Unresolved { get; private set; }

    /// <summary>The facts of this task.</summary>
    public AnsibleFacts Facts => _facts;

    /// <summary>An argument by its first known name, variables filled in; null where it is not given or cannot be filled in.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        if (Node(names) is not YamlScalarNode { Value: { } raw })
        {
            return null;
        }

        var text = _facts.Fill(raw, out var unresolved);
        Unresolved ??= unresolved;
        return text;
    }

    /// <summary>An argument as it is written; null where it is not given.</summary>
    public string? Raw(params ReadOnlySpan<string> names) => (Node(names) as YamlScalarNode)?.Value;

    /// <summary>An argument that may be a list.</summary>
    public IReadOnlyList<string> List(params ReadOnlySpan<string> names)
    {
        switch (Node(names))
        {
            case YamlSequenceNode list:
                var items = new List<string>();
                foreach (var item in list)
                {
                    if (item is YamlScalarNode { Value: { } raw } && _facts.Fill(raw, out var unresolved) is { } text)
                    {
                        items.Add(text);
                    }
                    else
                    {
                        Unresolved ??= "a list";
                    }
                }

                return items;
            case YamlScalarNode { Value: { } whole } when _facts.FindList(whole) is { } known:
                return known;
            default:
                return Text(names) is { } single ? [single] : [];
        }
    }

    /// <summary>Whether an argument says yes; null where it is not given.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? Truth(text) : null;

    /// <summary>A mode: text as it is, a plain number as YAML 1.1 reads it (420 is 0644, 0644 is 0644).</summary>
    public string? Mode()
    {
        var text = Text("mode");
        var isPlain = Node("mode") is YamlScalarNode { Style: ScalarStyle.Plain };
        return text is not null && isPlain && text.Length > 0 && text[0] != '0' && int.TryParse(text, out var number) && number <= 0xFFF ? Convert.ToString(number, 8).PadLeft(4, '0') : text;
    }

    /// <summary>A truth value of YAML 1.1; null where it is none.</summary>
    public static bool? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };

    private YamlNode? Node(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_nodes.TryGetValue(name, out var node))
            {
                return node;
            }
        }

        return null;
    }
}
