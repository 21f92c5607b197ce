using System.Text.RegularExpressions;

namespace Forge.Scap.Derivation;

/// <summary>What one line means in the file in which it must stand.</summary>
internal static partial class LineReading
{
    private static readonly Dictionary<string, string> SystemdSections = new(StringComparer.Ordinal)
    {
        ["system"] = "Manager", ["user"] = "Manager", ["logind"] = "Login", ["journald"] = "Journal", ["coredump"] = "Coredump", ["resolved"] = "Resolve", ["timesyncd"] = "Time",
        ["journal-upload"] = "Upload", ["journal-remote"] = "Remote", ["sleep"] = "Sleep", ["networkd"] = "Network",
    };

    // A line there is a sentence, a command or one of many of its key.
    private static readonly string[] NoSettings =
        ["/etc/issue", "/etc/motd", "/etc/sudoers", "/etc/hosts", "/etc/fstab", "/etc/crontab", "/etc/cron", "/etc/passwd", "/etc/group", "/etc/shadow", "/etc/audit/rules.d/", "/etc/audit/audit.rules", "/etc/pam.d/", "/usr/lib/systemd/system/", "/etc/systemd/system/"];

    private static readonly HashSet<string> RepeatedKeys = new(StringComparer.OrdinalIgnoreCase)
        { "server", "pool", "peer", "restrict", "include", "allow", "deny", "reject", "bind", "setenv", "install", "blacklist", "source", "export", "declare", "typeset", "readonly", "set", "alias", "if", "auth", "account", "password", "session" };

    /// <summary>The action that a line stands for; null where it is none.</summary>
    public static Proposal? Read(string path, string line)
    {
        line = line.Trim();
        return IsBelow(path, "/etc/modprobe.d/") ? Modprobe(path, line)
            : path == "/etc/ssh/sshd_config" || IsBelow(path, "/etc/ssh/sshd_config.d/") ? Sshd(line)
            : path == "/etc/login.defs" ? LoginDefs(line)
            : path == "/etc/sysctl.conf" || path.Contains("/sysctl.d/", StringComparison.Ordinal) ? Sysctl(line)
            : IsBelow(path, "/etc/pam.d/") ? Pam(path, line)
            : NoSettings.Any(n => path.StartsWith(n, StringComparison.Ordinal)) ? null
            : SectionOf(path) is { } section ? WithEquals().Match(line) is { Success: true } m ? Ini(path, section, m.Groups["k"].Value, m.Groups["v"].Value) : null
            : Setting(path, line);
    }

    /// <summary>A setting in a section. What the content puts beside systemd's own file goes into that file, as it does where the file has the section.</summary>
    public static Proposal Ini(string path, string section, string key, string value) =>
        Proposal.Of(("action", "set-config"), ("format", "ini"), ("file", MainFile(path)), ("section", section.Trim('[', ']')), ("key", key.Trim()), ("value", value.Trim()));

    /// <summary>An audit rule with single blanks.</summary>
    public static Proposal Audit(string line) => Proposal.Of(("action", "audit-rule"), ("rule", string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    private static string MainFile(string path) =>
        SystemdFile().Match(path) is { Success: true } systemd ? $"/etc/systemd/{SystemdName(systemd)}.conf"
        : DropIn().Match(path) is { Success: true } match ? match.Groups["f"].Value
        : path == "/etc/NetworkManager/conf.d/complianceascode_hardening.conf" ? "/etc/NetworkManager/NetworkManager.conf"
        : path;

    // Some content has journal.d for journald.conf.d.
    private static string SystemdName(Match file) => file.Groups["n"].Value == "journal" ? "journald" : file.Groups["n"].Value;

    private static string? SectionOf(string path) =>
        path is "/etc/dnf/dnf.conf" or "/etc/yum.conf" or "/etc/zypp/zypp.conf" ? "main"
        : SystemdFile().Match(path) is { Success: true } match ? SystemdSections.GetValueOrDefault(SystemdName(match)) : null;

    private static Proposal? Modprobe(string path, string line) =>
        Install().Match(line) is { Success: true } install ? Proposal.Of(("action", "kernel-module"), ("name", install.Groups["m"].Value), ("state", "disabled"))
        : Blacklist().Match(line) is { Success: true } black ? Proposal.Of(("action", "kernel-module"), ("name", black.Groups["m"].Value), ("state", "disabled"))
        : Options().Match(line) is { Success: true } o
            ? Proposal.Of(("action", "set-config"), ("format", "modprobe"), ("file", path), ("directive", "options"), ("module", o.Groups["m"].Value), ("value", o.Groups["v"].Value))
        : null;

    private static Proposal? Sshd(string line) =>
        WithBlank().Match(line) is { Success: true } m ? Proposal.Of(("action", "set-config"), ("format", "sshd"), ("key", m.Groups["k"].Value), ("value", m.Groups["v"].Value)) : null;

    private static Proposal? LoginDefs(string line) =>
        WithBlank().Match(line) is { Success: true } m ? Proposal.Of(("action", "set-config"), ("format", "login.defs"), ("key", m.Groups["k"].Value), ("value", m.Groups["v"].Value)) : null;

    private static Proposal? Sysctl(string line) =>
        WithEquals().Match(line) is { Success: true } m ? Proposal.Of(("action", "sysctl"), ("key", m.Groups["k"].Value), ("value", m.Groups["v"].Value)) : null;

    private static Proposal? Pam(string path, string line) =>
        PamLine().Match(line) is { Success: true } m
            ? Proposal.Of(("action", "set-config"), ("format", "pam"), ("service", path["/etc/pam.d/".Length..]), ("type", m.Groups["t"].Value), ("control", m.Groups["c"].Value),
                ("module", m.Groups["m"].Value), ("options", m.Groups["o"].Value.Trim() is { Length: > 0 } options ? options : null))
            : null;

    private static Proposal? Setting(string path, string line)
    {
        var (match, format) = WithEquals().Match(line) is { Success: true } equals ? (equals, "key=value") : (WithBlank().Match(line), "key-value");
        return match.Success && !RepeatedKeys.Contains(match.Groups["k"].Value)
            ? Proposal.Of(("action", "set-config"), ("format", format), ("file", path), ("key", match.Groups["k"].Value), ("value", match.Groups["v"].Value))
            : null;
    }

    [GeneratedRegex(@"^(?<f>/etc/.+\.conf)\.d/[^/]*(?:complianceascode|oscap|ssg)[^/]*\.conf$")]
    private static partial Regex DropIn();

    [GeneratedRegex(@"^/(?:etc|usr/lib)/systemd/(?<n>[a-z-]+)(?:\.conf|(?:\.conf)?\.d/[^/]+\.conf)$")]
    private static partial Regex SystemdFile();

    [GeneratedRegex(@"^install\s+(?<m>\S+)\s+(?:/usr)?/bin/(?:true|false)$")]
    private static partial Regex Install();

    [GeneratedRegex(@"^blacklist\s+(?<m>\S+)$")]
    private static partial Regex Blacklist();

    [GeneratedRegex(@"^options\s+(?<m>\S+)\s+(?<v>.+)$")]
    private static partial Regex Options();

    [GeneratedRegex(@"^(?<k>[A-Za-z0-9_.-]+)\s*=\s*(?<v>\S.*)$")]
    private static partial Regex WithEquals();

    [GeneratedRegex(@"^(?<k>[A-Za-z0-9_.-]+)\s+(?<v>\S.*)$")]
    private static partial Regex WithBlank();

    [GeneratedRegex(@"^-?(?<t>auth|account|password|session)\s+(?<c>\[[^\]]*\]|[a-z]+)\s+(?<m>pam_[a-z0-9_]+\.so)(?<o>(?:\s+\S+)*)$")]
    private static partial Regex PamLine();
}
