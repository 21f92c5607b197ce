using Forge.Lab;

namespace Forge.Bench;

/// <summary>
/// The state of a machine as one set of lines, taken through its console and with tools of its own: files with kind, mode, owner and size, contents of
/// configuration by SHA-256, packages, units, kernel parameters, mounts, firewall and audit rules. It knows nothing of the host's journal, which it judges.
/// </summary>
/// <param name="labs">The labs.</param>
/// <param name="lab">Name of the machine.</param>
internal sealed class MachineDigest(LabService labs, string lab)
{
    // What changes by itself is left out: mail, caches, what services note about themselves, counters of the kernel.
    private const string Script = """
        LC_ALL=C; export LC_ALL
        find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /tmp -o -path /var/tmp -o -path /var/log -o -path /var/mail -o -path /var/spool/exim4 -o -path /var/cache -o -path /var/lib/forge \
          -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/lib/systemd -o -path /var/lib/private -o -path '/home/*/.cache'  \) -prune \
          -o -type d -printf 'file %p %y %m %U %G\n' -o -printf 'file %p %y %m %U %G %s %l\n'
        find /var/log -xdev \( -path /var/log/journal -o -path /var/log/apt \) -prune -o -printf 'log %p %y %m %U %G\n'
        find /var/lib/dpkg/alternatives /var/lib/dpkg/statoverride /var/lib/dpkg/diversions -type f -print0 | xargs -0 sha256sum | sed 's/^/content /'
        find /etc /boot /usr/local /usr/lib/systemd /usr/share/pam-configs /root /home -xdev \( -name .cache -o -path /etc/ld.so.cache \) -prune -o -type f -print0 | xargs -0 sha256sum | sed 's/^/content /'
        dpkg-query -W -f 'package ${binary:Package} ${Version} ${db:Status-Abbrev}\n' | grep -v ' un *$' | grep -v ' rc *$'
        systemctl list-unit-files --no-legend --no-pager --plain 2>/dev/null | awk '{ print "unit-file", $1, $2 }'
        systemctl list-units --no-legend --no-pager --plain --state=active --type=service,socket,timer,mount,path 2>/dev/null | awk '{ print "unit", $1 }' | grep -vE ' (user@|user-runtime|session-|run-|apt-daily|dpkg-db|systemd-(hostnamed|timedated|localed|tmpfiles|update|fsck)|man-db|logrotate|forge-)'
        sysctl -a 2>/dev/null | grep -vE '^(fs\.(dentry-state|file-nr|inode|quota|aio-nr|epoll)|kernel\.(random|ns_last_pid|pty\.nr|keys|cad_pid|hostname|tainted)|net\.netfilter\.nf_conntrack_count|net\..*(stable_secret|gc_)|vm\.(nr_|stat))' | sed 's/^/sysctl /'
        awk '{ print "mount", $2, $4 }' /proc/mounts | grep -v ' /run/user/'
        nft -s list ruleset 2>/dev/null | sed 's/^/nft /'
        auditctl -l 2>/dev/null | sed 's/^/audit /'
        exit 0
        """;

    /// <summary>Takes it.</summary>
    public async Task<HashSet<string>> TakeAsync()
    {
        var result = await labs.RunInsideAsync(lab, Script, TimeSpan.FromMinutes(10));
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return lines.Count > 1000 ? lines : throw new InvalidOperationException($"the state of {lab} could not be read: {result.Output}");
    }
}
