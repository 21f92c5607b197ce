namespace Forge.Scap.Derivation;

/// <summary>The module sysctl.</summary>
internal static class SysctlTask
{
    public static TaskMeaning Read(AnsibleArguments arguments) =>
        arguments.Text("state") == "absent" ? TaskMeaning.Nothing
        : arguments.Text("name", "key") is { } key && arguments.Text("value", "val") is { } value
            ? TaskMeaning.Of(Proposal.Of(("action", "sysctl"), ("key", key.Trim()), ("value", value.Trim())))
            : TaskMeaning.Of("a kernel parameter without a value");
}
