using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>Derives one typed action from a vendor's Ansible fix with its values filled in. Pure.</summary>
internal static class AnsibleDerivation
{
    private static readonly HashSet<string> Looks =
        ["package_facts", "service_facts", "setup", "stat", "find", "slurp", "getent", "assert", "debug", "fail", "meta", "mount_facts", "include_vars", "pause", "wait_for", "set_fact", "gather_facts"];

    private static readonly HashSet<string> OnFoundFiles = ["lineinfile", "replace", "ini_file"];

    /// <summary>Derives the action.</summary>
    /// <param name="text">The fix, values filled in.</param>
    public static DerivedAction Derive(string text)
    {
        IReadOnlyList<AnsibleTask> tasks;
        try
        {
            tasks = AnsibleReader.Read(text);
        }
        catch (FormatException e)
        {
            return DerivedAction.None($"the Ansible fix cannot be read: {e.Message}");
        }

        var found = new List<(Proposal Action, string Why)>();
        var facts = new AnsibleFacts();
        foreach (var task in tasks)
        {
            var meaning = task.IsDryRun ? TaskMeaning.Nothing : Meaning(task, facts);
            if (meaning.Unknown is { } unknown)
            {
                return DerivedAction.None($"{task.Module}: {unknown}");
            }

            found.AddRange(meaning.Actions.Select(a => (a, $"{task.Module}: {task.Name}")));
        }

        return OneAction.Of(found);
    }

    private static TaskMeaning Meaning(AnsibleTask task, AnsibleFacts facts)
    {
        if (task.Module == "set_fact")
        {
            SetFacts(task, facts);
            return TaskMeaning.Nothing;
        }

        if (Looks.Contains(task.Module) || (task.Module is "command" or "shell" or "raw" && task.OnlyLooks))
        {
            FoundFolder.Note(task, facts);
            return TaskMeaning.Nothing;
        }

        if (task.Loop is null)
        {
            return Read(task, facts);
        }

        // What a task does to files that it finds on the machine clears the way for the one that sets the value.
        if (Items(task.Loop, facts) is not { } items)
        {
            return OnFoundFiles.Contains(task.Module) ? TaskMeaning.Nothing : TaskMeaning.Of("it goes over what it finds on the machine");
        }

        var all = items.Select(item =>
        {
            facts.Set("item", item);
            return Read(task, facts);
        }).ToList();
        return all.Find(m => m.Unknown is not null) ?? TaskMeaning.Of([.. all.SelectMany(m => m.Actions)]);
    }

    /// <summary>What a loop goes over, lists in it opened; null where the machine decides.</summary>
    private static List<YamlNode>? Items(YamlNode loop, AnsibleFacts facts)
    {
        var items = new List<YamlNode>();
        foreach (var entry in loop is YamlSequenceNode sequence ? sequence.Children : [loop])
        {
            if (entry is YamlScalarNode { Value: { } text })
            {
                if (facts.FindList(text) is { } list)
                {
                    items.AddRange(list.Select(l => new YamlScalarNode(l)));
                    continue;
                }

                if (loop is not YamlSequenceNode || facts.Fill(text, out _) is null)
                {
                    return null;
                }
            }

            items.Add(entry);
        }

        return items;
    }

    private static void SetFacts(AnsibleTask task, AnsibleFacts facts)
    {
        if (task.Arguments is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (task.When.Contains("getent", StringComparison.Ordinal))
                {
                    facts.SetWhereFound(name, value);
                }
                else
                {
                    facts.Set(name, value);
                }
            }
        }
        else if (task.Arguments is YamlScalarNode { Value: { } text })
        {
            foreach (var (key, value) in AnsibleFacts.Pairs(text))
            {
                facts.Set(key, new YamlScalarNode(value));
            }
        }
    }

    private static TaskMeaning Read(AnsibleTask task, AnsibleFacts facts)
    {
        var arguments = new AnsibleArguments(task.Arguments, facts);
        var meaning = task.Module switch
        {
            "package" or "apt" or "dnf" or "yum" or "zypper" => PackageTask.Read(arguments),
            "service" or "systemd" or "systemd_service" => ServiceTask.Read(arguments),
            "sysctl" => SysctlTask.Read(arguments),
            "lineinfile" => LineTask.Read(arguments),
            "ini_file" => IniTask.Read(arguments),
            "file" => FileTask.Read(arguments),
            "mount" => MountTask.Read(arguments),
            "replace" => ReplaceTask.Read(arguments),
            "command" or "shell" => CommandTask.Read(arguments),
            "seboolean" => TaskMeaning.Of("an SELinux boolean"),
            _ => TaskMeaning.Of("a module without a typed action"),
        };
        return arguments.Unresolved is { } missing && meaning != TaskMeaning.Nothing && task.Module != "mount"
            ? TaskMeaning.Of($"it depends on the machine ({missing})")
            : meaning;
    }
}
