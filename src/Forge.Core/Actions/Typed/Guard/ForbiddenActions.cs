namespace Forge.Core.Actions.Typed;

/// <summary>What no proposal may do, whatever the item says: cut off the way in, change Forge's own login or state, run a program in disguise. Pure.</summary>
internal static class ForbiddenActions
{
    private static readonly string[] NeededPackages =
    [
        "openssh-", "ssh", "sudo", "login", "passwd", "libpam", "systemd", "dbus", "apt", "dpkg", "rpm", "dnf", "yum", "base-", "bash", "dash", "coreutils", "util-linux", "mount", "init",
        "linux-image", "kernel", "grub", "shim", "libc6", "glibc", "findutils", "sed", "grep", "tar", "gzip", "mawk", "ifupdown", "netplan", "network-manager", "NetworkManager", "iproute", "pam", "shadow-utils",
    ];

    private static readonly HashSet<string> NeededServices =
    [
        "ssh", "sshd", "dbus", "dbus-broker", "systemd-logind", "systemd-journald", "systemd-udevd", "systemd-user-sessions", "networking", "NetworkManager", "systemd-networkd",
        "network", "systemd-resolved", "multi-user.target", "default.target", "basic.target", "sysinit.target", "network.target", "local-fs.target",
    ];

    private static readonly HashSet<string> UnitKinds = [".service", ".socket", ".timer", ".path", ".target", ".mount", ".automount", ".slice", ".scope", ".device", ".swap"];

    private static readonly HashSet<string> Power =
    [
        "systemd-poweroff", "systemd-reboot", "systemd-halt", "systemd-kexec", "systemd-suspend", "systemd-hibernate", "systemd-hybrid-sleep", "systemd-suspend-then-hibernate",
        "systemd-soft-reboot", "emergency", "rescue", "debug-shell",
    ];

    private static readonly HashSet<string> Aliases = ["dbus-org.freedesktop.login1", "dbus-org.freedesktop.network1", "dbus-org.freedesktop.resolve1", "syslog.target"];

    // What leads into a unit's processes besides its commands.
    private static readonly string[] LoadingKeys = ["Environment", "PassEnvironment", "Root", "Bind", "OnFailure", "OnSuccess", "User", "Group", "DynamicUser", "LoadCredential", "SetCredential", "PAMName", "TTYPath",
        "Conflicts", "SuccessAction", "FailureAction", "StartLimitAction", "JobTimeoutAction", "BindsTo", "PropagatesStopTo", "StopPropagatedFrom", "PartOf", "Sockets", "Unit", "Exec"];

    private static readonly HashSet<string> OpenPam = ["pam_permit.so", "pam_deny.so", "pam_exec.so", "pam_script.so", "pam_python.so", "pam_debug.so", "pam_rootok.so"];

    /// <summary>Why it is forbidden, one clause; null where it is not.</summary>
    public static string? Find(TypedAction action, GuardOptions options) => action switch
    {
        RunScriptAction a => options.AllowScripts ? FindInScript(a, options) : "scripts of a model are not allowed here (run-script)",
        PackageAction { State: "absent" } a when IsNeeded(a.Name) => $"package {a.Name} is part of the way in or of the system itself",
        ServiceAction a => FindInService(a),
        SystemdDropIn a => FindInDropIn(a),
        SshdSetting a => ForbiddenSshd.Find(a, options.LoginUser),
        PamLine a => FindInPam(a),
        UserAction a => FindInUser(a, options.LoginUser),
        KeyValueSetting a => FindInSetting(a.Path, a.Value, options),
        IniSetting a => FindInSetting(a.Path, a.Value, options),
        WriteFileAction a => ForbiddenFiles.FindWrite(a.Path, a.Content, options),
        SetModeAction a => ForbiddenFiles.FindMode(a, options.LoginUser),
        MountOptionAction a => FindInMount(a.Point, a.Option),
        FstabOption a => FindInMount(a.Point, a.Option),
        _ => null,
    };

    /// <summary>A unit's name without the suffix of a service, socket or timer.</summary>
    internal static string Bare(string unit) =>
        unit.LastIndexOf('.') is > 0 and var dot && unit[dot..] is ".service" or ".socket" or ".timer" ? unit[..unit.LastIndexOf('.')] : unit;

    private static bool IsNeeded(string package) =>
        NeededPackages.Any(n => package.Equals(n, StringComparison.Ordinal) || (n.Length > 3 && package.StartsWith(n, StringComparison.Ordinal) && (n.EndsWith('-') || package.Length == n.Length || package[n.Length] is '-' or '.' || n is "libpam" or "systemd" or "grub" or "linux-image")))
        && package is not ("systemd-journal-remote" or "systemd-timesyncd" or "systemd-coredump" or "systemd-container" or "libpam-ldap");

    private static string? FindInService(ServiceAction action)
    {
        var bare = Bare(action.Name);
        var kind = action.Name.LastIndexOf('.') is > 0 and var dot && action.Name[dot..] is { } suffix && UnitKinds.Contains(suffix) ? suffix : ".service";
        return bare.StartsWith("forge-", StringComparison.Ordinal) ? "units of Forge are not for proposals"
            : kind is ".slice" or ".scope" or ".device" or ".swap" ? $"{action.Name} holds what others run"
            : kind is ".target" or ".mount" or ".automount" && action.State != "masked" ? $"{action.Name} can only be masked: to start or stop it changes the whole machine"
            : Power.Contains(bare) && action.State != "masked" ? $"{action.Name} stops the machine"
            : Aliases.Contains(bare) ? $"{action.Name} is another name of a unit that is needed"
            : action.State != "enabled" && (NeededServices.Contains(bare) || NeededServices.Contains(bare.Split('@')[0])) ? $"service {action.Name} is part of the way in"
            : null;
    }

    private static string? FindInDropIn(SystemdDropIn action) =>
        NeededServices.Contains(Bare(action.Unit)) || NeededServices.Contains(Bare(action.Unit).Split('@')[0]) || action.Unit.StartsWith("forge-", StringComparison.Ordinal)
            ? $"unit {action.Unit} is part of the way in"
            : LoadingKeys.FirstOrDefault(k => action.Key.StartsWith(k, StringComparison.Ordinal)) is not null ? $"{action.Key} changes what the unit runs or as whom"
            : null;

    private static string? FindInPam(PamLine action) =>
        OpenPam.Contains(action.Module) ? $"{action.Module} opens, closes or runs a program at every login"
            : action.Options.Split(' ').Any(o => o is "nullok" or "nullok_secure") ? "nullok lets people in without a password"
            : action is { Type: "auth", Control: "sufficient" } || (action.Type == "auth" && action.Control.Contains("done", StringComparison.Ordinal)) ? "it would let people in past the lines that follow"
            : null;

    private static string? FindInUser(UserAction action, string? login) =>
        login is null ? "the login that Forge uses is not known, so no account can be told from it"
        : action.Name == login ? $"{action.Name} is the login that Forge uses"
        : action.Name == "root" && action.Property is "locked" or "shell" ? "root is the last way in at the console"
        : action is { Property: "locked", Value: "no" } ? "it would let an account in"
        : action.Property == "shell" && action.Value is not ("/usr/sbin/nologin" or "/sbin/nologin" or "/bin/false" or "/usr/bin/false") ? "it would let an account in"
        : null;

    private static string? FindInSetting(string path, string value, GuardOptions options) =>
        ForbiddenFiles.FindSetting(path, options)
        ?? (value.Contains('`', StringComparison.Ordinal) || value.Contains("$(", StringComparison.Ordinal) || (ForbiddenFiles.IsReadByShells(path) && value.IndexOfAny(['$', ';', '&', '|', '<', '>', '(']) >= 0)
            ? "the value would be run by a shell" : null);

    private static string? FindInMount(string point, string option) =>
        option is "ro" or "noauto" or "nofail" or "bind" or "exec" or "suid" or "dev" || option.StartsWith("x-", StringComparison.Ordinal) ? $"option {option} is not one that hardens"
        : option == "noexec" && point is "/" or "/usr" or "/var" or "/var/lib" or "/boot/efi" or "/home" or "/root" or "/opt" ? $"programs are run from {point}"
        : null;

    private static string? FindInScript(RunScriptAction action, GuardOptions options) =>
        action.Effects is not { } effects ? "no shell parser has read the script"
        : !effects.Parsed ? $"the script cannot be parsed: {effects.Problem}"
        : effects.Opaque.Count > 0 ? $"the script runs '{effects.Opaque[0]}', and nobody can tell what that does"
        : effects.RemovedPackages.FirstOrDefault(IsNeeded) is { } package ? $"package {package} is part of the way in or of the system itself"
        : effects.StoppedServices.FirstOrDefault(s => NeededServices.Contains(Bare(s))) is { } service ? $"service {service} is part of the way in"
        : action.Resources.Where(r => r.Kind == Findings.ResourceKind.File).Select(r => ForbiddenFiles.FindWrite(r.Name, "", options)).FirstOrDefault(f => f is not null)
            ?? (action.Resources.Any(r => r.Kind == Findings.ResourceKind.Account && (options.LoginUser is null || r.Name == options.LoginUser)) ? "it changes an account that may be the login that Forge uses" : null);
}
