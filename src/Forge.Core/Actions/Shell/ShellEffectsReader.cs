using System.Buffers;
using System.Text.Json;
using Forge.Core.Findings;

namespace Forge.Core.Actions.Shell;

/// <summary>Reads what a script can touch. Package tools, systemctl, sysctl, modprobe and account tools as their manuals give the verbs.</summary>
public sealed class ShellEffectsReader
{
    private static readonly HashSet<string> PackageTools = ["apt-get", "apt", "aptitude", "dnf", "yum", "zypper", "apk", "pacman", "dpkg", "rpm"];
    private static readonly HashSet<string> RemoveVerbs = ["remove", "purge", "erase", "autoremove", "rm", "-e", "-r", "-P", "--remove", "--purge"];
    private static readonly HashSet<string> InstallVerbs = ["install", "reinstall", "upgrade", "update", "in", "add", "-i", "-U"];
    private static readonly HashSet<string> StopVerbs = ["stop", "disable", "mask", "kill"];
    private static readonly HashSet<string> AccountTools = ["useradd", "usermod", "passwd", "chage", "groupadd", "groupmod", "gpasswd", "chpasswd", "adduser"];
    private static readonly HashSet<string> DestroyingTools = ["mkfs", "mke2fs", "wipefs", "fdisk", "sfdisk", "parted", "sgdisk", "shred", "userdel", "groupdel", "deluser", "delgroup", "cryptsetup", "lvremove", "vgremove", "pvremove"];

    private static readonly SearchValues<char> NotInPaths = SearchValues.Create("\n\\[]()|^$;{} ");

    private static readonly HashSet<string> LockoutTools =
        ["iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "nft", "ufw", "firewall-cmd", "pam-auth-update", "authselect", "ip", "ifdown", "nmcli"];

    private static readonly HashSet<string> Interpreters =
        ["eval", "sh", "bash", "dash", "ksh", "zsh", "python", "python3", "perl", "ruby", "awk", "gawk", "mawk", "xargs", "env", "exec", "source", ".", "nsenter", "chroot", "ssh", "curl", "wget", "at", "batch", "crontab", "systemd-run", "su", "sudo", "runuser"];

    // Where tools keep what they make, as their manuals say (aide.conf(5), aideinit(8)).
    private static readonly Dictionary<string, string[]> FilesOfTools = new(StringComparer.Ordinal) { ["aide"] = ["/var/lib/aide"], ["aideinit"] = ["/var/lib/aide"] };

    private readonly HashSet<Resource> _resources = [];
    private readonly List<string> _installed = [];
    private readonly List<string> _started = [];
    private readonly HashSet<ShellSetting> _settings = [];
    private readonly List<string> _removed = [];
    private readonly List<string> _stopped = [];
    private readonly List<string> _irreversible = [];
    private readonly List<string> _opaque = [];
    private string? _lockout;
    private bool _mounts;
    private bool _services;

    private ShellEffectsReader()
    {
    }

    /// <summary>Reads a script's effects. Never throws for a script that cannot be parsed: the result says so.</summary>
    public static ShellEffects Read(string script)
    {
        IReadOnlyList<ShellCommand> commands;
        try
        {
            commands = ShellParser.Parse(script);
        }
        catch (ShellSyntaxException e)
        {
            return new ShellEffects { Parsed = false, Problem = e.Message };
        }

        return Of(commands);
    }

    /// <summary>Reads a script's effects from the syntax tree that <c>shfmt --to-json</c> printed for exactly this script. Never throws for a tree that cannot be read: the result says so.</summary>
    /// <param name="script">The script.</param>
    /// <param name="tree">Its tree.</param>
    public static ShellEffects ReadTree(string script, JsonElement tree)
    {
        try
        {
            return Of(ShellTreeReader.Read(script, tree));
        }
        catch (Exception e) when (e is ShellSyntaxException or KeyNotFoundException or InvalidOperationException)
        {
            return new ShellEffects { Parsed = false, Problem = e.Message };
        }
    }

    /// <summary>What commands can touch, whoever read them.</summary>
    internal static ShellEffects Of(IReadOnlyList<ShellCommand> commands)
    {
        var reader = new ShellEffectsReader();
        foreach (var command in commands)
        {
            reader.Take(command);
        }

        return new ShellEffects
        {
            Resources = [.. reader._resources],
            InstalledPackages = reader._installed,
            StartedServices = reader._started,
            Settings = [.. reader._settings],
            RemovedPackages = reader._removed,
            StoppedServices = reader._stopped,
            Irreversible = reader._irreversible,
            Opaque = reader._opaque,
            LockoutTool = reader._lockout,
            Mounts = reader._mounts,
            TouchesServices = reader._services,
        };
    }

    private void Take(ShellCommand command)
    {
        TakeFiles(command);
        TakeSetting(command);
        var words = command.Words;
        var name = command.Name;
        if (words.Count > 0 && (name.Length == 0 || Interpreters.Contains(name)))
        {
            _opaque.Add(string.Join(' ', words).Replace(ShellCommand.Unknown, '?'));
        }

        if (LockoutTools.Contains(name))
        {
            _lockout ??= name;
        }

        Add(ResourceKind.File, FilesOfTools.GetValueOrDefault(name, []));
        if (PackageTools.Contains(name))
        {
            TakePackages(words);
        }
        else if (name is "systemctl" or "service" or "update-rc.d")
        {
            TakeServices(words);
        }
        else if (name == "sysctl")
        {
            TakeSysctl(words);
        }
        else if (name is "modprobe" or "rmmod" or "insmod")
        {
            Add(ResourceKind.KernelModule, words.Skip(1).Where(IsName));
        }
        else if (AccountTools.Contains(name))
        {
            // The account comes last; where it is a variable, what is left there may be the value of an option.
            Add(ResourceKind.Account, words.Skip(1).Where(IsName).TakeLast(1).Where(w => !w.All(char.IsAsciiDigit)));
            Add(ResourceKind.File, ["/etc/passwd", "/etc/shadow", "/etc/group"]);
        }
        else if (name is "mount" or "umount")
        {
            _mounts = true;
        }
        else if ((DestroyingTools.Contains(name) && !IsListing(name, words)) || name.StartsWith("mkfs.", StringComparison.Ordinal) || IsDestroying(name, words))
        {
            _irreversible.Add(string.Join(' ', words));
        }
    }

    // sfdisk(8), fdisk(8): these print the table and change nothing.
    private static bool IsListing(string name, IReadOnlyList<string> words) => name is "sfdisk" or "fdisk" && words.Any(w => w is "-d" or "--dump" or "-l" or "--list");

    private static bool IsDestroying(string name, IReadOnlyList<string> words) =>
        (name == "dd" && words.Any(w => w.StartsWith("of=/dev/", StringComparison.Ordinal) && w is not "of=/dev/null"))
        || (name == "rm" && words.Any(w => w.StartsWith('-') && w.Contains('r', StringComparison.OrdinalIgnoreCase))
            && words.Skip(1).Any(w => !w.StartsWith('-') && (w.Contains(ShellCommand.Unknown, StringComparison.Ordinal) || IsSystemFolder(w))));

    private static bool IsSystemFolder(string path) => path.TrimEnd('/', '*').Count(c => c == '/') <= 1 && path.StartsWith('/') && !path.StartsWith("/tmp/", StringComparison.Ordinal);

    private void TakeFiles(ShellCommand command)
    {
        foreach (var word in command.Words.Skip(1).Concat(command.Writes))
        {
            if (IsPath(word))
            {
                _resources.Add(new Resource(ResourceKind.File, word));
            }
        }
    }

    // printf '%s\n' "Key=value" >> file; echo "Key = value" > file
    private void TakeSetting(ShellCommand command)
    {
        if (command.Name is not ("printf" or "echo") || command.Writes is not [var file] || !IsPath(file) || command.Words[^1] is not { } line)
        {
            return;
        }

        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && line[..equals].Trim() is { } key && IsName(key) && !line.Contains(ShellCommand.Unknown, StringComparison.Ordinal))
        {
            _settings.Add(new ShellSetting(file, key, line[(equals + 1)..].Trim()));
        }
    }

    private static bool IsPath(string word) =>
        word.Length > 1 && word[0] == '/' && word[1] is not ('/' or '^' or '.' or '\\' or ' ')
        && !word.Contains(ShellCommand.Unknown, StringComparison.Ordinal)
        && word.AsSpan().IndexOfAny(NotInPaths) < 0
        && !word.StartsWith("/dev/null", StringComparison.Ordinal) && !word.StartsWith("/proc/", StringComparison.Ordinal)
        && !word.StartsWith("/usr/bin/systemctl", StringComparison.Ordinal) && !word.EndsWith("/d", StringComparison.Ordinal) && !word.EndsWith("/g", StringComparison.Ordinal);

    private void TakePackages(IReadOnlyList<string> words)
    {
        var verb = words.Skip(1).FirstOrDefault(w => RemoveVerbs.Contains(w) || InstallVerbs.Contains(w));
        if (verb is null)
        {
            return;
        }

        var names = words.SkipWhile(w => w != verb).Skip(1).Where(IsName).ToList();
        Add(ResourceKind.Package, names);
        (RemoveVerbs.Contains(verb) ? _removed : _installed).AddRange(names);
    }

    private void TakeServices(IReadOnlyList<string> words)
    {
        var verb = words.Skip(1).FirstOrDefault(IsName) ?? "";
        var names = words.Skip(1).Where(IsName).Where(w => w != verb).ToList();
        if (words[0].EndsWith("service", StringComparison.Ordinal) && names.Count > 0)
        {
            (verb, names) = (names[^1], [verb]);
        }

        if (verb is "is-system-running" or "is-active" or "is-enabled" or "show" or "status" or "list-unit-files" or "list-units" or "daemon-reload" or "cat")
        {
            return;
        }

        _services |= names.Count > 0;
        Add(ResourceKind.Service, names);
        if (StopVerbs.Contains(verb))
        {
            _stopped.AddRange(names);
        }
        else if (verb is "start" or "enable")
        {
            _started.AddRange(names);
        }
    }

    private void TakeSysctl(IReadOnlyList<string> words) =>
        Add(ResourceKind.Sysctl, words.Skip(1).Where(w => w.Contains('=', StringComparison.Ordinal)).Select(w => w[..w.IndexOf('=', StringComparison.Ordinal)].Trim()).Where(IsName));

    private static bool IsName(string word) =>
        word.Length > 0 && (char.IsAsciiLetterOrDigit(word[0]) || word[0] == '_') && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '+' or ':');

    private void Add(ResourceKind kind, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _resources.Add(new Resource(kind, name));
        }
    }
}
