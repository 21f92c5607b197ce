using Forge.Core.Actions.Shell;

namespace Forge.Core.Actions.Typed;

/// <summary>Files that no proposal may write, and modes that none may set. Pure.</summary>
internal static class ForbiddenFiles
{
    private static readonly string[] Accounts = ["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/subuid", "/etc/subgid", "/etc/security/opasswd"];

    // What is run, by root or by everybody who logs in: a file there is a script.
    private static readonly string[] Run =
    [
        "/bin/", "/sbin/", "/lib", "/usr/", "/opt/", "/etc/cron", "/etc/anacrontab", "/var/spool/cron", "/etc/init", "/etc/rc", "/etc/systemd/system/", "/etc/systemd/user/", "/etc/systemd/system-",
        "/etc/udev/", "/etc/apt/", "/etc/dpkg/", "/etc/yum", "/etc/dnf/", "/etc/ld.so", "/etc/environment", "/etc/network/if-", "/etc/dhcp/", "/etc/NetworkManager/dispatcher.d/", "/etc/update-motd.d/",
        "/etc/logrotate", "/etc/kernel/", "/etc/initramfs-tools/", "/etc/grub.d/", "/etc/default/grub", "/etc/polkit-1/", "/etc/dbus-1/", "/etc/X11/", "/etc/skel/", "/etc/modules-load.d/", "/etc/tmpfiles.d/",
        "/etc/binfmt.d/", "/etc/modprobe.d/", "/etc/sysctl.d/", "/etc/sysctl.conf", "/etc/audit/rules.d/", "/etc/audit/plugins.d/", "/etc/rsyslog", "/etc/sysconfig/", "/etc/security/namespace.init",
        "/var/lib/dpkg/", "/var/lib/rpm/", "/etc/fail2ban/action.d/", "/etc/aliases", "/etc/xinetd.d/", "/etc/inetd.conf", "/etc/ppp/", "/etc/acpi/", "/etc/alternatives/", "/etc/pam.d/", "/etc/fstab", "/etc/crypttab", "/boot/", "/dev/", "/proc/", "/sys/", "/run/", "/root/", "/home/", "/tmp/", "/var/tmp/",
    ];

    private static readonly string[] Shells = ["/etc/profile", "/etc/bash", "/etc/zsh", "/etc/csh", "/etc/ksh"];

    private static readonly HashSet<string> SettingCommands = ["readonly", "export", "declare", "typeset", "umask", "set", "return", ":", "true"];

    private static readonly string[] SudoLogins = ["rootpw", "targetpw", "runaspw", "requiretty", "authenticate", "exempt_group", "verifypw", "listpw", "secure_path", "env_keep", "env_check", "setenv", "env_reset", "shell_noargs", "root_sudo", "sudoedit", "pam_service", "noexec"];

    private static readonly HashSet<string> OpenFolders =
        ["/", "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64", "/var", "/var/lib", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/share", "/dev", "/run", "/home", "/opt", "/etc/passwd", "/etc/group"];

    private static readonly HashSet<string> NeededPrograms = ["sudo", "su", "sshd", "sh", "bash", "dash", "passwd", "login", "mount", "umount", "env", "systemctl", "unix_chkpwd", "newgrp", "sudo-rs"];

    /// <summary>Whether shells read it as a script.</summary>
    public static bool IsReadByShells(string path) =>
        Shells.Any(s => path.StartsWith(s, StringComparison.Ordinal)) || path.StartsWith("/etc/default/", StringComparison.Ordinal) || path.EndsWith(".sh", StringComparison.Ordinal);

    /// <summary>Why a whole file may not be written, one clause; null where it may.</summary>
    public static string? FindWrite(string path, string content, GuardOptions options) =>
        FindOwn(path, options.LoginUser)
        ?? (path == "/etc/sudoers" ? "the main file of sudo holds the way to root"
        : path.StartsWith("/etc/sudoers.d/", StringComparison.Ordinal) ? FindSudoers(content)
        : path.StartsWith("/etc/ssh/", StringComparison.Ordinal) ? "keys are the way in, and settings of ssh have a format of their own"
        : options.AllowScripts ? null
        : Run.Any(r => path.StartsWith(r, StringComparison.Ordinal)) ? $"what stands in {path} is run or decides what is run; that is run-script"
        : IsReadByShells(path) && !HoldsSettingsOnly(content) ? $"{path} would run more than settings; that is run-script"
        : null);

    /// <summary>Why one setting of a file may not be written, one clause; null where it may.</summary>
    public static string? FindSetting(string path, GuardOptions options) =>
        FindOwn(path, options.LoginUser)
        ?? (path.StartsWith("/etc/sudoers", StringComparison.Ordinal) ? "sudo's files are no lists of settings"
        : path.StartsWith("/etc/ssh/", StringComparison.Ordinal) ? "settings of ssh have a format of their own"
        : !options.AllowScripts && path is not "/etc/default/grub" && Run.Any(r => path.StartsWith(r, StringComparison.Ordinal)) ? $"what stands in {path} is run or decides what is run; that is run-script"
        : null);

    /// <summary>Why a mode may not be set, one clause; null where it may.</summary>
    public static string? FindMode(SetModeAction action, string? login)
    {
        var path = action.Path;
        int? mode = action.Mode is null ? null : Convert.ToInt32(action.Mode, 8);
        return Accounts[..4].Any(a => path == a || path == a + "-") ? FindAccountMode(action, mode)
            : FindOwn(path, login) is { } own ? own
            : OpenFolders.Contains(path) && (mode & 0b101) is 0 ? $"everybody needs to read {path}"
            : OpenFolders.Contains(path) && action.Owner is not (null or "root") ? $"{path} belongs to root"
            : path is "/tmp" or "/var/tmp" or "/dev/shm" && mode is not null and not 0b1111111111 ? $"{path} is for everybody, mode 1777"
            : path is "/dev/null" or "/dev/zero" or "/dev/tty" or "/dev/urandom" ? $"{path} is for everybody"
            : NeededPrograms.Contains(System.IO.Path.GetFileName(path)) && !path.StartsWith("/etc/", StringComparison.Ordinal) ? $"{path} is part of the way in"
            : (action.Owner ?? "root") == login && login != "root" ? "it would give the file to the login that Forge uses"
            : null;
    }

    private static string? FindAccountMode(SetModeAction action, int? mode)
    {
        var isSecret = action.Path.Contains("shadow", StringComparison.Ordinal);
        return action.Owner is not (null or "root") || action.Group is not (null or "root" or "shadow") || (!isSecret && action.Group == "shadow") ? $"{action.Path} belongs to root"
            : isSecret && (mode & ~0b110100000) is not (null or 0) ? $"{action.Path} holds the passwords: at most mode 640"
            : !isSecret && (mode & 0b111101101) is not (null or 0b110100100 or 0b100100100) ? $"{action.Path} has mode 644"
            : null;
    }

    // Whose content nobody changes here: Forge's state, keys, accounts, the login's home.
    private static string? FindOwn(string path, string? login) =>
        path.StartsWith("/var/lib/forge", StringComparison.Ordinal) || path.Contains("/forge-deadman", StringComparison.Ordinal) ? "the state of Forge on the host is not for proposals"
        : path.Contains("/.ssh", StringComparison.Ordinal) || path.Contains("authorized_keys", StringComparison.Ordinal) ? "keys are the way in"
        : Accounts.Any(a => path == a || path == a + "-" || path.StartsWith(a + ".", StringComparison.Ordinal)) ? $"{path} is changed by the account tools only"
        : login is not null && (path + "/").StartsWith(login == "root" ? "/root/" : $"/home/{login}/", StringComparison.Ordinal) ? $"{path} is the home of the login that Forge uses"
        : null;

    // sudoers(5): only Defaults for all, and none that changes how the login becomes root.
    private static string? FindSudoers(string content)
    {
        foreach (var line in content.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !(l.StartsWith('#') && !l.StartsWith("#include", StringComparison.Ordinal))))
        {
            if (!(line.StartsWith("Defaults ", StringComparison.Ordinal) || line.StartsWith("Defaults\t", StringComparison.Ordinal)) || line.EndsWith('\\'))
            {
                return "a file of sudo may hold lines of Defaults only";
            }

            if (SudoLogins.FirstOrDefault(s => line.Contains(s, StringComparison.Ordinal)) is { } word)
            {
                return $"{word} changes how the login that Forge uses becomes root";
            }
        }

        return content.Length == 0 ? "an empty file of sudo takes away what stands there" : null;
    }

    private static bool HoldsSettingsOnly(string content)
    {
        try
        {
            return !content.Contains("$(", StringComparison.Ordinal) && !content.Contains('`', StringComparison.Ordinal)
                && ShellParser.Parse(content).All(c => c.Writes.Count == 0 && (c.Words.Count == 0 || SettingCommands.Contains(c.Words[0])));
        }
        catch (ShellSyntaxException)
        {
            return false;
        }
    }
}
