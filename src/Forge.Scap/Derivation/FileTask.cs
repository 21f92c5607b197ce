namespace Forge.Scap.Derivation;

/// <summary>The module file: mode, owner and group of one path.</summary>
internal static class FileTask
{
    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        var state = arguments.Text("state");
        var path = arguments.Text("path", "dest", "name");
        if (state is "absent" or "link" or "hard")
        {
            return TaskMeaning.Of($"a file is made {state}");
        }

        if (arguments.Flag("recurse") == true)
        {
            return TaskMeaning.Of("all below a folder");
        }

        var (mode, owner, group) = (arguments.Mode(), Name(arguments.Text("owner")), Name(arguments.Text("group")));
        if (mode is null && owner is null && group is null)
        {
            return arguments.Unresolved is null ? TaskMeaning.Nothing : TaskMeaning.Of("a mode that the machine decides");
        }

        var octal = mode is null ? null : SymbolicMode.Octal(mode);
        return path is null || (mode is not null && octal is null) ? TaskMeaning.Of("a mode that depends on what the file has")
            : TaskMeaning.Of(Of(path, octal, owner, group) with { IsCompanion = state is "touch" or "directory", MakesFile = state is "touch" });
    }

    /// <summary>One set-mode proposal.</summary>
    public static Proposal Of(string path, string? mode, string? owner, string? group) =>
        Proposal.Of(("action", "set-mode"), ("path", path.Length > 1 ? path.TrimEnd('/') : path), ("mode", mode), ("owner", owner), ("group", group));

    // Numbers that are fixed: 0 and 4 everywhere; 42 is Debian's shadow (base-passwd), and no other content has it.
    private static string? Name(string? account) => account switch { "0" => "root", "4" => "adm", "42" => "shadow", _ => account };
}
