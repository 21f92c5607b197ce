namespace Forge.Scap.Derivation;

/// <summary>The module lineinfile: one line that must stand in a file.</summary>
internal static class LineTask
{
    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        if (arguments.Text("state") == "absent")
        {
            return TaskMeaning.Nothing;
        }

        if (arguments.Flag("backrefs") == true || arguments.Raw("line", "value")?.Contains(@"\1", StringComparison.Ordinal) == true)
        {
            return arguments.Raw("line", "value")?.Contains("missing_syscalls", StringComparison.Ordinal) == true ? TaskMeaning.Nothing : TaskMeaning.Of("a line is edited in place");
        }

        return arguments.Text("line", "value") is not { } line ? TaskMeaning.Of("a line without text")
            : AuditLine(line) is { } audit ? audit
            : arguments.Text("path", "dest", "name") is not { } path ? TaskMeaning.Of("a line without a file")
            : LineReading.Read(path, line) is { } action ? TaskMeaning.Of(action)
            : TaskMeaning.Of("a line that is no setting known here");
    }

    // Which file of the audit rules it goes to depends on the machine and does not matter.
    private static TaskMeaning? AuditLine(string line) =>
        line.StartsWith("-a ", StringComparison.Ordinal) || line.StartsWith("-w ", StringComparison.Ordinal) ? TaskMeaning.Of(LineReading.Audit(line)) : null;
}
