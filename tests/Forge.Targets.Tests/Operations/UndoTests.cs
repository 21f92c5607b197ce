using Forge.Core.Operations;

namespace Forge.Targets.Tests.Operations;

public sealed class UndoTests(LabHost lab) : IClassFixture<LabHost>
{
    /// <summary>Everything that undo promises to restore, as root sees it from outside: names, kinds, modes, owners, contents, packages, units, kernel parameters.</summary>
    private const string Digest = """
        { find /etc /usr/local /root /usr/bin /boot -xdev -not -path '/etc/ld.so.cache' -not -path '/etc/.pwd.lock' \( -type d -printf '%p %m %U %G\n' -o -printf '%p %y %m %U %G %l\n' \) | sort
          find /etc /usr/local -xdev -type f -not -path '/etc/ld.so.cache' -print0 | sort -z | xargs -0 sha256sum
          dpkg-query -W -f '${db:Status-Status} ${binary:Package} ${Version}\n' | grep ^installed
          for u in cron ssh nftables; do echo $u $(systemctl is-active $u) $(systemctl is-enabled $u); done
          cat /proc/sys/net/ipv4/ip_forward; } 2>/dev/null
        """;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("edit", "echo '# more' >>/etc/ssh/sshd_config; sed -i s/a/b/ /etc/issue", "/etc/ssh/sshd_config")]
    [InlineData("same size", "printf X | dd of=/etc/issue conv=notrunc status=none; touch -d 2020-01-01 /etc/issue", "/etc/issue")]
    [InlineData("delete", "rm /etc/motd; rm -r /etc/cron.daily", "/etc/motd")]
    [InlineData("new", "mkdir -p '/etc/a b/c'; echo x >'/etc/a b/c/d'; ln -s /etc/issue /usr/local/bin/link; mkfifo /etc/pipe", "/etc/a b/c/d")]
    [InlineData("modes", "chmod 600 /etc/issue; chown 1:2 /etc/hosts; chmod 700 /etc/cron.d; chmod 700 /usr/bin/wall; chown 1 /var/log", "/etc/issue")]
    [InlineData("odd names", "echo x >\"$(printf '/etc/new\\nline \\047q\\047')\"; chmod 600 /etc/issue", "/etc/issue")]
    [InlineData("link", "ln -sf /dev/null /etc/motd; rm /etc/issue; mkdir /etc/issue", "/etc/issue")]
    [InlineData("sudoers", "echo '# harmless' >/etc/sudoers.d/zz; chmod 600 /etc/sudoers.d/zz", "/etc/sudoers.d/zz")]
    public async Task Files_are_restored(string name, string script, string changed) =>
        await Restored(name, script, changes => Assert.Contains(changed, changes.Files));

    [Fact]
    public async Task A_power_cut_between_the_record_and_the_report_loses_nothing()
    {
        var before = await lab.InsideAsync("cat /etc/issue");
        var operation = lab.Operation("echo more >>/etc/issue; echo new >/etc/torn", "torn");
        await lab.Host.ExecuteAsync(operation, Now);
        await lab.InsideAsync($"cd /var/lib/forge && rm ops/{operation.Id.Value}/report && echo {operation.Id.Value} >current");

        Assert.Equal(OperationState.Interrupted, (await lab.Host.QueryAsync(operation.Id, Now)).State);
        Assert.True((await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now)).Restored);
        Assert.Equal(before, await lab.InsideAsync("cat /etc/issue /etc/torn 2>/dev/null"));
    }

    [Theory]
    [InlineData("rules", "/etc/audit/rules.d/x.rules", "")]
    [InlineData("its own settings", "/etc/audit/auditd.conf", "hup\n")]
    public async Task The_audit_daemon_is_not_restarted(string name, string file, string signals)
    {
        // Stands in for Debian's auditd, which a container cannot run: no reload, and at each start all rules are written into one file.
        await lab.InsideAsync("""
            mkdir -p /etc/audit/rules.d /run/systemd/system && echo '-D' >/etc/audit/rules.d/a.rules && rm -f /run/hups
            printf '#!/bin/sh\ntrap "echo hup >>/run/hups" HUP\ntrap "exit 0" TERM\nwhile :; do sleep 1 & wait; done\n' >/run/stand-in && chmod 755 /run/stand-in
            printf '[Service]\nExecStart=/run/stand-in\nExecStartPost=/bin/sh -c "cat /etc/audit/rules.d/*.rules >/etc/audit/audit.rules"\n' >/run/systemd/system/auditd.service
            systemctl daemon-reload && systemctl restart auditd && echo '# as the last start left it' >/etc/audit/audit.rules
            """);
        var operation = lab.Operation($"echo x >>{file}", $"audit {name}");
        await lab.Host.ExecuteAsync(operation, Now);

        var undone = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);
        var left = await lab.InsideAsync("systemctl stop auditd; rm /run/systemd/system/auditd.service; cat /etc/audit/audit.rules; cat /run/hups 2>/dev/null; true");

        Assert.True(undone.Restored, string.Join('\n', undone.Differences));
        Assert.Equal($"# as the last start left it\n{signals}", left);
    }

    [Fact]
    public async Task A_folder_that_a_package_shares_comes_back_when_the_package_goes()
    {
        await lab.InsideAsync("""
            mkdir -p /etc/forge-shared/empty && chmod 750 /etc/forge-shared/empty && chown 1:2 /etc/forge-shared/empty && echo theirs >/etc/forge-shared/theirs
            mkdir -p /root/share/DEBIAN /root/share/etc/forge-shared/empty && cd /root
            printf 'Package: forge-share\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: shares\n' >share/DEBIAN/control
            printf '#!/bin/sh\nrm -f /etc/forge-shared/theirs\n' >share/DEBIAN/postrm && chmod 755 share/DEBIAN/postrm && dpkg-deb -b share forge-share.deb
            """);
        var operation = lab.Operation("dpkg -i /root/forge-share.deb", "share");
        await lab.Host.ExecuteAsync(operation, Now);

        var undone = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);

        Assert.True(undone.Restored, string.Join('\n', undone.Differences));
        Assert.Equal("750 1 2\ntheirs\n", await lab.InsideAsync("stat -c '%a %u %g' /etc/forge-shared/empty; cat /etc/forge-shared/theirs"));
    }

    [Fact]
    public async Task Older_copies_of_ucf_lists_that_the_removal_of_a_package_makes_go_again()
    {
        // Its files are registered and taken from the lists one after the other, each time with one older copy more.
        await lab.InsideAsync("""
            mkdir -p /root/listed/DEBIAN /root/listed/usr/share/forge-listed && cd /root && for n in 1 2 3; do echo $n >listed/usr/share/forge-listed/$n; done
            printf 'Package: forge-listed\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: three files of ucf\n' >listed/DEBIAN/control
            printf '#!/bin/sh\nset -e\nfor n in 1 2 3; do ucf /usr/share/forge-listed/$n /etc/forge-listed.$n; ucfr forge-listed /etc/forge-listed.$n; done\n' >listed/DEBIAN/postinst
            printf '#!/bin/sh\nset -e\n[ "$1" = purge ] || exit 0\nfor n in 1 2 3; do ucf --purge /etc/forge-listed.$n; ucfr --purge forge-listed /etc/forge-listed.$n; rm -f /etc/forge-listed.$n; done\n' >listed/DEBIAN/postrm
            chmod 755 listed/DEBIAN/post* && dpkg-deb -b listed forge-listed.deb
            """);
        const string Lists = "cd /var/lib/ucf && find . -type f -printf '%p %m %s\n' | sort && sha256sum $(find . -type f | sort)";
        var before = await lab.InsideAsync(Lists);
        var operation = lab.Operation("UCF_FORCE_CONFFNEW=1 dpkg -i /root/forge-listed.deb", "listed");
        var status = await lab.Host.ExecuteAsync(operation, Now);
        Assert.True(status.Succeeded, status.Error);
        Assert.Contains("/etc/forge-listed.3", await lab.InsideAsync("cat /var/lib/ucf/hashfile"));

        var undone = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);

        Assert.True(undone.Restored, string.Join('\n', undone.Differences));
        Assert.Equal(before, await lab.InsideAsync(Lists));
    }

    [Fact]
    public async Task A_package_whose_removal_fails_half_way_is_said()
    {
        await lab.InsideAsync("""
            mkdir -p /root/stuck/DEBIAN && cd /root
            printf 'Package: forge-stuck\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: cannot be purged\n' >stuck/DEBIAN/control
            printf '#!/bin/sh\n[ "$1" != purge ] || [ -e /run/forge-unstuck ]\n' >stuck/DEBIAN/postrm && chmod 755 stuck/DEBIAN/postrm && dpkg-deb -b stuck forge-stuck.deb
            """);
        var operation = lab.Operation("dpkg -i /root/forge-stuck.deb", "stuck");
        await lab.Host.ExecuteAsync(operation, Now);

        Assert.Equal(["package not purged: forge-stuck"], (await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now)).Differences);

        await lab.InsideAsync("touch /run/forge-unstuck");
        Assert.True((await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now)).Restored);
    }

    [Fact]
    public async Task A_package_manager_that_was_ended_half_way_is_gone_with_all_its_children_and_taken_back()
    {
        await lab.InsideAsync("""
            mkdir -p /root/slow/DEBIAN /root/slow/etc && cd /root && echo x >slow/etc/forge-slow
            printf 'Package: forge-slow\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: never done\n' >slow/DEBIAN/control
            printf '#!/bin/sh\nsetsid sleep 7777 &\nexec sleep 7777\n' >slow/DEBIAN/postinst && chmod 755 slow/DEBIAN/postinst && dpkg-deb -b slow forge-slow.deb
            """);
        var operation = lab.Operation("DEBIAN_FRONTEND=noninteractive apt-get -qy install /root/forge-slow.deb", "halfway") with { Timeout = TimeSpan.FromSeconds(10) };

        var status = await lab.Host.ExecuteAsync(operation, Now);

        Assert.True(status.TimedOut);
        Assert.Equal("", await lab.InsideAsync("pgrep -a dpkg; pgrep -a apt-get; pgrep -af 'sleep [7]777'"));
        Assert.Contains(status.Changes.PackagesInstalled, p => p.StartsWith("forge-slow=", StringComparison.Ordinal));
        var undone = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);
        Assert.True(undone.Restored, string.Join('\n', undone.Differences));
        Assert.Equal("", await lab.InsideAsync("dpkg --audit; dpkg-query -W -f '${db:Status-Status}' forge-slow 2>/dev/null; ls /etc/forge-slow 2>/dev/null"));
    }

    [Fact]
    public async Task What_is_written_without_a_difference_is_no_change()
    {
        var status = await lab.Host.ExecuteAsync(lab.Operation("cp -p /etc/issue /etc/issue.x; mv /etc/issue.x /etc/issue", "same"), Now);
        Assert.True(status.Succeeded, status.Error);
        Assert.True(status.Changes.IsEmpty, string.Join(", ", status.Changes.Files));
    }

    [Fact]
    public async Task Installed_packages_are_removed() =>
        await Restored("install", "apt-get update -q >/dev/null; DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends tree", changes =>
        {
            Assert.Contains(changes.PackagesInstalled, package => package.StartsWith("tree=", StringComparison.Ordinal));
            Assert.Empty(changes.PackagesRemoved);
        });

    [Fact]
    public async Task Removed_packages_come_back() =>
        await Restored("remove", "apt-get update -q >/dev/null; DEBIAN_FRONTEND=noninteractive apt-get purge -qy nftables", changes =>
            Assert.Contains(changes.PackagesRemoved, package => package.StartsWith("nftables=", StringComparison.Ordinal)));

    [Theory]
    [InlineData("stop", "systemctl stop cron")]
    [InlineData("disable", "systemctl disable --now cron")]
    [InlineData("mask", "systemctl mask --now cron")]
    public async Task Services_are_active_again(string name, string script) =>
        await Restored(name, script, changes => Assert.Contains("cron.service", changes.UnitsStopped));

    [Fact]
    public async Task Services_that_were_started_are_stopped() =>
        await Restored("start", "systemctl enable --now nftables", changes => Assert.Contains("nftables.service", changes.UnitsStarted));

    [Fact]
    public async Task Kernel_parameters_are_restored() =>
        await Restored(
            "sysctl", "sysctl -w net.ipv4.ip_forward=$((1 - $(cat /proc/sys/net/ipv4/ip_forward))); echo net.ipv4.ip_forward=1 >/etc/sysctl.d/99-x.conf",
            changes => Assert.Contains("net.ipv4.ip_forward", changes.Sysctls));

    [Fact]
    public async Task Mount_options_firewall_rules_and_the_state_of_pam_and_ucf_are_restored()
    {
        const string State = "grep ' /dev/shm ' /proc/mounts; nft -s list ruleset; sha256sum /var/lib/pam/* /var/lib/ucf/registry";
        await lab.InsideAsync("nft add table inet forge_kept");
        var before = await lab.InsideAsync(State);
        var status = await lab.Host.ExecuteAsync(
            lab.Operation("mount -o remount,noexec /dev/shm; nft add table inet forge_test; pam-auth-update --package --remove unix; echo x >>/var/lib/pam/seen; echo x >>/var/lib/ucf/registry", "kernel"), Now);
        Assert.NotEqual(before, await lab.InsideAsync(State));
        var undone = await lab.Host.UndoAsync(status.Id, lab.Epoch, Now);
        Assert.Equal(before, await lab.InsideAsync(State));
        Assert.True(undone.Restored, string.Join('\n', undone.Differences));
    }

    [Fact]
    public async Task An_undo_that_leaves_a_mount_as_it_was_made_says_so()
    {
        var status = await lab.Host.ExecuteAsync(lab.Operation("mkdir -p /run/forge-m; mount -t tmpfs none /run/forge-m; touch /run/forge-m/x", "busy"), Now);
        await lab.InsideAsync("setsid sh -c 'cd /run/forge-m; echo $$ >/run/forge-m.pid; exec sleep 500' >/dev/null 2>&1 & sleep 1");
        var undone = await lab.Host.UndoAsync(status.Id, lab.Epoch, Now);
        Assert.False(undone.Restored);
        Assert.Contains(undone.Differences, d => d.StartsWith("mount is: /run/forge-m ", StringComparison.Ordinal));
        await lab.InsideAsync("kill $(cat /run/forge-m.pid); sleep 1; umount /run/forge-m");
    }

    [Fact]
    public async Task Own_paths_are_journalled()
    {
        await lab.InsideAsync("mkdir -p /srv/site; echo before >/srv/site/index; mkdir -p /opt/big; touch /opt/big/tool; chmod 755 /opt/big/tool");
        var operation = lab.Operation("echo after >/srv/site/index; echo x >/srv/site/new; chmod 700 /opt/big/tool", "own") with { JournalPaths = ["/srv/site", "/opt"] };
        var status = await lab.Host.ExecuteAsync(operation, Now);
        Assert.Equal(["/opt/big/tool", "/srv/site/index", "/srv/site/new"], status.Changes.Files.Order(StringComparer.Ordinal));
        await Undone(operation);
        Assert.Equal("before\n755\n", await lab.InsideAsync("cat /srv/site/*; stat -c %a /opt/big/tool"));
    }

    [Fact]
    public async Task An_older_operation_is_undone_without_touching_a_newer_one()
    {
        var first = lab.Operation("echo first >/etc/first; echo '# one' >>/etc/issue", "first");
        var second = lab.Operation("echo second >/etc/second", "second");
        await lab.Host.ExecuteAsync(first, Now);
        await lab.Host.ExecuteAsync(second, Now);
        await Undone(first);
        Assert.Equal("second\n", await lab.InsideAsync("cat /etc/second; test -e /etc/first && echo still"));
        await Undone(second);
    }

    private async Task Restored(string name, string script, Action<HostChanges> seen)
    {
        var before = await lab.InsideAsync(Digest);
        Assert.NotEmpty(before);
        var operation = lab.Operation(script, name);
        var status = await lab.Host.ExecuteAsync(operation, Now);
        Assert.True(status.State == OperationState.Completed, status.Error);
        seen(status.Changes);
        Assert.NotEqual(before, await lab.InsideAsync(Digest));
        await Undone(operation);
        Assert.Equal(before, await lab.InsideAsync(Digest));
        Assert.Equal(OperationState.Undone, (await lab.Host.QueryAsync(operation.Id, Now)).State);
    }

    private async Task Undone(Operation operation)
    {
        var undo = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);
        Assert.True(undo.Restored, string.Join('\n', undo.Differences) + undo.Output);
        Assert.True((await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now)).Restored);
    }
}
