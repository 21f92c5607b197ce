namespace Forge.Scap.Derivation;

/// <summary>The modules command and shell: only what makes another change take effect, or looks, is understood.</summary>
internal static class CommandTask
{
    private static readonly string[] TakesEffect =
        ["systemctl daemon-reload", "systemctl daemon-reexec", "augenrules --load", "/sbin/augenrules --load", "sysctl --system", "sysctl -p", "service auditd restart", "systemctl restart", "systemctl reload", "sysctl -w"];

    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        var command = (arguments.FreeText.Length > 0 ? arguments.FreeText : arguments.Raw("cmd") ?? "").Trim();
        return TakesEffect.Any(t => command.StartsWith(t, StringComparison.Ordinal)) ? TaskMeaning.Nothing : TaskMeaning.Of("a command");
    }
}
