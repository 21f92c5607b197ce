using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;

namespace Forge.Core.Policy;

/// <summary>
/// Classes an action by what it touches: the parsed commands and their resources, never what its source says of itself. Pure. A script that cannot be
/// parsed has the highest class.
/// </summary>
public static class RiskClassifier
{
    private static readonly string[] LockoutPaths =
    [
        "/etc/ssh", "/etc/sudoers", "/etc/pam.d", "/etc/security", "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/fstab", "/etc/nsswitch.conf",
        "/etc/default/grub", "/etc/grub.d", "/boot", "/etc/nftables", "/etc/ufw", "/etc/iptables", "/etc/firewalld", "/etc/hosts.allow", "/etc/hosts.deny",
        "/etc/login.defs", "/etc/profile", "/etc/bash", "/usr/share/pam-configs", "/etc/resolv.conf", "/etc/network", "/etc/systemd/network", "/root/.ssh", "/home",
    ];

    // Within the folders above, but read only where a password is changed (pam_pwquality, pam_pwhistory): no login depends on them.
    private static readonly string[] PasswordChangePaths = ["/etc/security/pwquality.conf", "/etc/security/pwhistory.conf"];

    private static readonly HashSet<string> LockoutNames =
    [
        "ssh", "sshd", "openssh-server", "sudo", "ufw", "nftables", "iptables", "iptables-persistent", "firewalld", "libpam-runtime", "libpam-modules",
        "libpam-pwquality", "networking", "systemd-networkd", "network-manager", "grub-pc", "grub2-common", "systemd", "dbus", "login", "passwd",
    ];

    /// <summary>Classes an action. A typed one by its fields and what they touch, any other one by its parsed script.</summary>
    public static RiskAssessment Assess(ForgeAction action) => action is TypedAction typed
        ? OfResources(typed.Resources) is var demanded && demanded.Risk > typed.OwnRisk.Risk ? demanded : typed.OwnRisk
        : OfEffects(ShellEffectsReader.Read(action.ToScript()), action.Resources);

    /// <summary>Classes what a script does.</summary>
    /// <param name="effects">What a parser read of it.</param>
    /// <param name="besides">What it is known to touch besides.</param>
    internal static RiskAssessment OfEffects(ShellEffects effects, IReadOnlyList<Resource> besides)
    {
        if (!effects.Parsed)
        {
            return new RiskAssessment(ActionRisk.Irreversible, $"the script cannot be parsed: {effects.Problem}");
        }

        if (effects.Irreversible.Count > 0)
        {
            return new RiskAssessment(ActionRisk.Irreversible, $"'{effects.Irreversible[0].Replace(ShellCommand.Unknown, '?')}' cannot be taken back");
        }

        if (effects.Mounts)
        {
            return new RiskAssessment(ActionRisk.LockoutCapable, "it mounts or remounts a file system");
        }

        return effects.LockoutTool is { } tool
            ? new RiskAssessment(ActionRisk.LockoutCapable, $"it uses {tool}")
            : OfResources([.. effects.Resources, .. besides]);
    }

    private static RiskAssessment OfResources(IReadOnlyList<Resource> resources)
    {
        if (resources.FirstOrDefault(CanLockOut) is { } grave)
        {
            return new RiskAssessment(ActionRisk.LockoutCapable, $"it touches {grave.Name}");
        }

        return resources.FirstOrDefault(r => r.Kind is ResourceKind.Service or ResourceKind.Package) is { } named
            ? new RiskAssessment(ActionRisk.ServiceAffecting, $"it changes {(named.Kind == ResourceKind.Service ? "service" : "package")} {named.Name}")
            : new RiskAssessment(ActionRisk.Reversible, "it changes files and settings that the host's journal restores");
    }

    private static bool CanLockOut(Resource resource) => resource.Kind switch
    {
        ResourceKind.File when PasswordChangePaths.Any(p => resource.Name == p || resource.Name.StartsWith(p + ".d/", StringComparison.Ordinal)) => false,
        ResourceKind.File => LockoutPaths.Any(p => resource.Name.StartsWith(p, StringComparison.Ordinal) || p.StartsWith(resource.Name.TrimEnd('/') + "/", StringComparison.Ordinal)),
        ResourceKind.Service or ResourceKind.Package => LockoutNames.Contains(Bare(resource.Name)),
        ResourceKind.Account => true,
        _ => false,
    };

    private static string Bare(string unit) => unit.EndsWith(".service", StringComparison.Ordinal) || unit.EndsWith(".socket", StringComparison.Ordinal)
        ? unit[..unit.LastIndexOf('.')] : unit;
}
