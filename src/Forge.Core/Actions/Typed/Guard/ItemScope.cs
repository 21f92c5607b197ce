using Forge.Core.Actions.Shell;
using Forge.Core.Findings;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// What belongs to an item: its resources, what its texts name, and known companions of these (a sysctl's file, a service's drop-in, a module's modprobe.d, sshd's
/// configuration). Pure.
/// </summary>
internal sealed class ItemScope
{
    private static readonly HashSet<string> PackageWords = ["package", "packages", "install", "installed", "installing", "remove", "removed", "uninstall", "uninstalled", "purge", "apt-get", "apt", "dnf", "yum", "reinstall", "upgrade"];
    private static readonly HashSet<string> ServiceWords = ["service", "services", "socket", "timer", "daemon", "unit", "systemctl", "enable", "enabled", "disable", "disabled", "mask", "masked", "start", "started", "stop", "--now", "unmask"];
    private static readonly HashSet<string> ModuleWords = ["module", "modules", "modprobe", "kernel", "install", "blacklist", "filesystem", "filesystems", "protocol"];
    private static readonly HashSet<string> AccountWords = ["user", "users", "account", "accounts", "group", "login", "username"];

    // Stacks that every service of PAM includes (pam-auth-update(8), authselect(8)).
    private static readonly HashSet<string> CommonStacks =
        ["common-auth", "common-account", "common-password", "common-session", "common-session-noninteractive", "system-auth", "password-auth"];

    private readonly ItemText _text;
    private readonly HashSet<Resource> _resources;
    private readonly List<string> _paths;

    public ItemScope(Finding finding, GuardOptions options)
    {
        _text = new ItemText([finding.Title, finding.Description, finding.Evidence, .. options.Texts]);
        _resources = [.. finding.Resources, .. options.Resources];
        _paths = [.. _text.Words.Where(w => w.StartsWith('/')), .. Named(ResourceKind.File), .. Named(ResourceKind.Setting).Select(PathOf)];
    }

    /// <summary>What in the action is none of the item's; null where all is.</summary>
    public string? FindForeign(TypedAction action) => action switch
    {
        PackageAction a => HasPackage(a.Name) ? null : $"package {a.Name} is none of the item's",
        ServiceAction a => HasService(a.Name) ? null : $"service {a.Name} is none of the item's",
        SetConfigAction a => FindForeignSetting(a),
        WriteFileAction a => HasFile(a.Path) ? null : $"{a.Path} is none of the item's",
        SetModeAction a => HasFile(a.Path) ? null : $"{a.Path} is none of the item's",
        SysctlAction a => HasSysctl(a.Key) ? null : $"kernel parameter {a.Key} is none of the item's",
        KernelModuleAction a => HasModule(a.Name) ? null : $"module {a.Name} is none of the item's",
        MountOptionAction a => FindForeignMount(a.Point, a.Option),
        AuditRuleAction a => FindForeignAudit(a.Rule),
        UserAction a => HasAccount(a.Name) ? null : $"account {a.Name} is none of the item's",
        RunScriptAction a => a.Effects is null ? "no shell parser has read the script" : a.Resources.FirstOrDefault(r => !Has(r)) is { } r ? $"the script touches {r.Name}, which is none of the item's" : null,
        _ => $"there is no rule for actions of the type {action.Kind}",
    };

    private string? FindForeignSetting(SetConfigAction action) => action switch
    {
        SshdSetting a => HasKey(a.Key, anyCase: true) && _text.Words.Any(w => w.Contains("ssh", StringComparison.OrdinalIgnoreCase)) ? null : $"sshd's {a.Key} is none of the item's",
        KeyValueSetting a => FindForeignKey(a.Path, a.Key),
        IniSetting a => FindForeignKey(a.Path, a.Key),
        LoginDefsSetting a => HasKey(a.Key) ? null : $"{a.Key} is none of the item's",
        SysctlFileSetting a => HasSysctl(a.Key) ? null : $"kernel parameter {a.Key} is none of the item's",
        ModprobeLine a => HasModule(a.Module) ? null : $"module {a.Module} is none of the item's",
        PamLine a => !HasKey(a.Module) && !HasKey(a.Module[..^3]) ? $"{a.Module} is none of the item's"
            : CommonStacks.Contains(a.Service) || HasFile($"/etc/pam.d/{a.Service}") ? null : $"/etc/pam.d/{a.Service} is none of the item's",
        SystemdDropIn a => !HasService(a.Unit) ? $"unit {a.Unit} is none of the item's" : HasKey(a.Key) ? null : $"{a.Key} is none of the item's",
        FstabOption a => FindForeignMount(a.Point, a.Option),
        _ => $"there is no rule for settings of the format {action.Format}",
    };

    private bool Has(Resource resource) => resource.Kind switch
    {
        ResourceKind.File => HasFile(resource.Name),
        ResourceKind.Package => HasPackage(resource.Name),
        ResourceKind.Service => HasService(resource.Name),
        ResourceKind.Sysctl => HasSysctl(resource.Name),
        ResourceKind.KernelModule => HasModule(resource.Name),
        ResourceKind.Account => HasAccount(resource.Name),
        _ => FindForeignKey(PathOf(resource.Name), resource.Name[(PathOf(resource.Name).Length + 1)..]) is null,
    };

    private string? FindForeignKey(string path, string key) => !HasFile(path) ? $"{path} is none of the item's" : HasKey(key) ? null : $"{key} is none of the item's";

    private string? FindForeignMount(string point, string option) =>
        !_paths.Contains(point) ? $"mount point {point} is none of the item's" : HasKey(option) || HasKey(option.Split('=')[0]) ? null : $"mount option {option} is none of the item's";

    private string? FindForeignAudit(string rule)
    {
        var (paths, calls) = (AuditRuleSyntax.PathsOf(rule), AuditRuleSyntax.CallsOf(rule));
        return !_text.Words.Any(w => w.Contains("audit", StringComparison.OrdinalIgnoreCase)) ? "the item does not speak of auditing"
            : paths.Count + calls.Count == 0 ? "the rule names neither a path nor a system call"
            : paths.FirstOrDefault(p => !_paths.Any(own => own.TrimEnd('/') == p.TrimEnd('/'))) is { } path ? $"{path} is none of the item's"
            : calls.FirstOrDefault(c => !_text.Names(c)) is { } call ? $"system call {call} is none of the item's"
            : null;
    }

    /// <summary>A file that is named, one in a named folder of parts (<c>….d</c>, <c>…/</c>, <c>…/*</c>), or a drop-in of a named file.</summary>
    private bool HasFile(string path) => _paths.Any(own => own == path || (own.TrimEnd('/') == path && IsDeep(path)) || IsBelow(path, own));

    private static bool IsBelow(string path, string own)
    {
        var star = own.IndexOf('*', StringComparison.Ordinal);
        var folder = star >= 0 ? own[..(own.LastIndexOf('/', star) + 1)] : own.EndsWith('/') ? own : own.EndsWith(".d", StringComparison.Ordinal) ? own + "/" : own + ".d/";
        // Only what lies right in it: /etc/x/*.conf says nothing of /etc/x/y/z.conf.
        return IsDeep(folder.TrimEnd('/')) && path.StartsWith(folder, StringComparison.Ordinal) && path.IndexOf('/', folder.Length) < 0 && path.Length > folder.Length;
    }

    private static bool IsDeep(string path) => path.Count(c => c == '/') > 1;

    private bool HasPackage(string name) =>
        _resources.Contains(new Resource(ResourceKind.Package, name)) || Named(ResourceKind.Service).Any(s => Bare(s) == name) || IsNamed(name, PackageWords);

    private bool HasService(string name)
    {
        var bare = Bare(name);
        return Named(ResourceKind.Service).Any(s => Bare(s) == bare) || _resources.Contains(new Resource(ResourceKind.Package, bare))
            || _text.Words.Any(w => w != bare && Bare(w) == bare) || IsNamed(bare, ServiceWords);
    }

    private bool HasSysctl(string key) => Named(ResourceKind.Sysctl).Contains(Dotted(key)) || _text.Names(Dotted(key)) || _text.Names(Dotted(key).Replace('.', '/')) || _paths.Contains("/proc/sys/" + Dotted(key).Replace('.', '/'));

    private bool HasModule(string name) =>
        new[] { name, name.Replace('-', '_'), name.Replace('_', '-') }.Any(n => _resources.Contains(new Resource(ResourceKind.KernelModule, n)) || IsNamed(n, ModuleWords));

    private bool HasAccount(string name) => _resources.Contains(new Resource(ResourceKind.Account, name)) || _text.NamesNear(name, AccountWords);

    private bool HasKey(string key, bool anyCase = false) =>
        (anyCase ? _text.NamesInAnyCase(key) : _text.Names(key))
        || Named(ResourceKind.Setting).Any(s => s[(PathOf(s).Length + 1)..].Equals(key, anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    // A name that no word of a sentence looks like is enough by itself.
    private bool IsNamed(string name, HashSet<string> company) =>
        _text.NamesNear(name, company) || (name.Any(c => c is '-' or '_' || char.IsAsciiDigit(c)) && name.Any(char.IsAsciiLetter) && _text.Names(name));

    private IEnumerable<string> Named(ResourceKind kind) => _resources.Where(r => r.Kind == kind).Select(r => r.Name);

    private static string PathOf(string setting) => setting.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? setting[..at] : setting + ":";

    private static string Dotted(string key) => key.Replace('/', '.');

    private static string Bare(string unit) => ForbiddenActions.Bare(unit);
}
