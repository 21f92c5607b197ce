using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>Reads the tasks of a vendor's Ansible fix. Blocks are opened; what a task is guarded by (when, tags) is left to whoever reads it.</summary>
internal static class AnsibleReader
{
    private const int MostDepth = 8;
    private const int MostNesting = 100;

    // Keys that a task may have beside its module (docs.ansible.com, Playbook Keywords, Task).
    private static readonly HashSet<string> Keywords =
    [
        "name", "when", "tags", "register", "loop", "loop_control", "with_items", "with_together", "with_fileglob", "with_dict", "with_nested", "with_first_found", "changed_when",
        "failed_when", "check_mode", "become", "become_user", "vars", "notify", "args", "ignore_errors", "no_log", "environment", "delegate_to", "run_once", "until", "retries", "delay",
        "block", "rescue", "always", "listen", "any_errors_fatal", "diff",
    ];

    /// <summary>Reads the tasks in their order.</summary>
    /// <exception cref="FormatException">It is not YAML, or no list of tasks; the message says where.</exception>
    public static IReadOnlyList<AnsibleTask> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            Guard(text);
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new FormatException($"not YAML at line {e.Start.Line}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's other ways to say so: for a list that does not end, and for a tag that is none.
            throw new FormatException("not YAML: " + e.Message, e);
        }

        var tasks = new List<AnsibleTask>();
        foreach (var document in stream.Documents)
        {
            Add(document.RootNode, tasks, 0);
        }

        return tasks;
    }

    // An alias can make a tree that is its own branch, and deep nesting ends the process that reads it.
    private static void Guard(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is AnchorAlias || depth > MostNesting)
            {
                throw new FormatException($"aliases or deep nesting at line {parser.Current.Start.Line}");
            }
        }
    }

    private static void Add(YamlNode node, List<AnsibleTask> tasks, int depth)
    {
        if (node is not YamlSequenceNode list || depth > MostDepth)
        {
            throw new FormatException(depth > MostDepth ? "blocks within blocks without end" : "not a list of tasks");
        }

        foreach (var entry in list)
        {
            if (entry is not YamlMappingNode mapping)
            {
                throw new FormatException("not a list of tasks");
            }

            AddTask(mapping, tasks, depth);
        }
    }

    private static void AddTask(YamlMappingNode mapping, List<AnsibleTask> tasks, int depth)
    {
        var keys = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            keys[key is YamlScalarNode { Value: { } word } ? word : throw new FormatException("a task has a key that is no word")] = value;
        }

        if (keys.TryGetValue("block", out var block))
        {
            Add(block, tasks, depth + 1);
            return;
        }

        var modules = keys.Keys.Where(k => !Keywords.Contains(k)).ToList();
        if (modules.Count != 1)
        {
            throw new FormatException(modules.Count == 0 ? "a task has no module" : $"a task has more than one module: {string.Join(", ", modules)}");
        }

        var arguments = keys[modules[0]];
        if (arguments is not (YamlScalarNode or YamlMappingNode) || (arguments is YamlMappingNode named && named.Children.Keys.Any(k => k is not YamlScalarNode)))
        {
            throw new FormatException($"the arguments of {modules[0]} are neither words nor text");
        }

        var name = keys.GetValueOrDefault("name") is YamlScalarNode { Value: { } said } ? said : "";
        tasks.Add(new AnsibleTask(name, modules[0][(modules[0].LastIndexOf('.') + 1)..], arguments, keys));
    }
}
