namespace Forge.Scap.Derivation;

/// <summary>Modules that install and remove packages: package, apt, dnf, yum, zypper.</summary>
internal static class PackageTask
{
    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        var names = arguments.List("name", "pkg", "package");
        var state = arguments.Text("state") switch
        {
            null or "present" or "installed" => "present",
            "absent" or "removed" => "absent",
            "latest" => "latest",
            _ => null,
        };
        return state is null || names.Count == 0 ? TaskMeaning.Of("a package task without a name or with an unknown state")
            : TaskMeaning.Of([.. names.Select(n => Proposal.Of(("action", "package"), ("name", n), ("state", state)))]);
    }
}
