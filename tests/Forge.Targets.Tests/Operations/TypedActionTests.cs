using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Targets.Tests.Operations;

/// <summary>Every typed action on a real machine: not so, applied, so, as the program that it is for sees it; nothing the second time; exactly undone.</summary>
public sealed class TypedActionTests(LabHost lab) : IClassFixture<LabHost>
{
    private const string Digest = """
        { find /etc /usr/local /root /boot -xdev -not -path '/etc/ld.so.cache' -not -path '/etc/.pwd.lock' \( -type d -printf '%p %m %U %G\n' -o -printf '%p %y %m %U %G %l\n' \) | sort
          find /etc /usr/local -xdev -type f -not -path '/etc/ld.so.cache' -print0 | sort -z | xargs -0 sha256sum
          dpkg-query -W -f '${db:Status-Status} ${binary:Package} ${Version}\n' | grep ^installed
          for u in cron ssh nftables; do echo $u $(systemctl is-active $u) $(systemctl is-enabled $u); done
          grep ' /dev/shm ' /proc/mounts; ls -A /run | grep '^tmp\.'
          cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/log_martians; } 2>/dev/null
        """;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("package", """{"action":"package","name":"tree","state":"present"}""", "apt-get -q update", "dpkg-query -W -f '${db:Status-Status}' tree", "installed\n")]
    [InlineData("package gone", """{"action":"package","name":"nftables","state":"absent"}""", "", "dpkg-query -W -f '${db:Status-Status}' nftables | grep -c ^installed", "0\n")]
    [InlineData("service off", """{"action":"service","name":"cron","state":"disabled"}""", "systemctl enable --now cron", "systemctl is-enabled cron; systemctl is-active cron", "disabled\ninactive\n")]
    [InlineData("service masked", """{"action":"service","name":"cron.service","state":"masked"}""", "", "systemctl is-enabled cron; systemctl is-active cron", "masked\ninactive\n")]
    [InlineData("service on", """{"action":"service","name":"nftables","state":"enabled"}""", "", "systemctl is-enabled nftables; systemctl is-active nftables", "enabled\nactive\n")]
    [InlineData("sysctl", """{"action":"sysctl","key":"net.ipv4.conf.all.log_martians","value":"1"}""",
        "sysctl -w net.ipv4.conf.all.log_martians=0; echo 'net.ipv4.conf.all.log_martians=0' >/etc/sysctl.d/10-other.conf",
        "sysctl -n net.ipv4.conf.all.log_martians; grep -h martians /etc/sysctl.d/10-other.conf /etc/sysctl.d/zz-*", "1\n# net.ipv4.conf.all.log_martians=0\nnet.ipv4.conf.all.log_martians = 1\n")]
    [InlineData("module", """{"action":"kernel-module","name":"firewire-core","state":"disabled"}""", "echo 'install firewire_core /bin/true' >/etc/modprobe.d/firewire-core.conf",
        "modprobe -c | grep -E '^(install|blacklist) firewire.core'", "blacklist firewire_core\ninstall firewire_core /bin/false\n")]
    [InlineData("mode", """{"action":"set-mode","path":"/etc/crontab","mode":"0600","owner":"root","group":"root"}""", "chmod 644 /etc/crontab; chown daemon /etc/crontab", "stat -c '%a %U %G' /etc/crontab", "600 root root\n")]
    [InlineData("owner", """{"action":"set-mode","path":"/etc/crontab","owner":"root"}""", "chmod 640 /etc/crontab; chown daemon:daemon /etc/crontab", "stat -c '%a %U %G' /etc/crontab", "640 root daemon\n")]
    [InlineData("group", """{"action":"set-mode","path":"/etc/crontab","group":"root"}""", "chmod 640 /etc/crontab; chown daemon:daemon /etc/crontab", "stat -c '%a %U %G' /etc/crontab", "640 daemon root\n")]
    [InlineData("write", """{"action":"write-file","path":"/etc/issue","content":"Don't $(enter) `here` \\n \"x\"\n","mode":"600"}""", "", "cat /etc/issue; stat -c %a /etc/issue", "Don't $(enter) `here` \\n \"x\"\n600\n")]
    [InlineData("write new", """{"action":"write-file","path":"/etc/forge.d/a.conf","content":"x"}""", "", "cat /etc/forge.d/a.conf; stat -c %a /etc/forge.d/a.conf", "x\n644\n")]
    [InlineData("sudoers", """{"action":"write-file","path":"/etc/sudoers.d/zz-pty","content":"Defaults use_pty"}""", "", "cat /etc/sudoers.d/zz-pty; stat -c %a /etc/sudoers.d/zz-pty", "Defaults use_pty\n440\n")]
    [InlineData("user", """{"action":"user","name":"games","property":"max-days","value":"365"}""", "", "getent shadow games | cut -d: -f5", "365\n")]
    [InlineData("user shell", """{"action":"user","name":"games","property":"shell","value":"/bin/false"}""", "", "getent passwd games | cut -d: -f7", "/bin/false\n")]
    [InlineData("user lock", """{"action":"user","name":"someone","property":"locked","value":"yes"}""", "useradd someone; echo someone:x1Y2z3 | chpasswd", "passwd -S someone | cut -d' ' -f2", "L\n")]
    [InlineData("mount", """{"action":"mount-option","point":"/dev/shm","option":"noexec"}""", "sed -i /shm/d /etc/fstab; mount -o remount,exec /dev/shm",
        "findmnt -n -o OPTIONS /dev/shm | grep -o noexec; awk '$2 == \"/dev/shm\" { print $3, $4 ~ /noexec/ }' /etc/fstab", "noexec\ntmpfs 1\n")]
    [InlineData("fstab", """{"action":"set-config","format":"fstab-option","point":"/mnt/x","option":"nodev"}""", "mkdir -p /mnt/x; printf '# mine\\ntmpfs\\t/mnt/x  tmpfs dev,size=1M 0 0\\n' >>/etc/fstab",
        "findmnt -n --fstab -o OPTIONS /mnt/x; grep mnt/x /etc/fstab", "size=1M,nodev\ntmpfs\t/mnt/x  tmpfs size=1M,nodev 0 0\n")]
    public async Task It_is_done_once_seen_and_taken_back(string name, string proposal, string before, string look, string seen) => await Whole(name, proposal, before, look, seen);

    [Theory]
    [InlineData("sshd", """{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"4"}""", "sshd -T | grep -i ^maxauthtries", "maxauthtries 4\n")]
    [InlineData("sshd words", """{"action":"set-config","format":"sshd","key":"ciphers","value":"aes256-ctr,aes128-ctr"}""", "sshd -T | grep ^ciphers", "ciphers aes256-ctr,aes128-ctr\n")]
    [InlineData("sshd time", """{"action":"set-config","format":"sshd","key":"LoginGraceTime","value":"1m"}""", "sshd -T | grep ^logingracetime", "logingracetime 60\n")]
    [InlineData("sshd root", """{"action":"set-config","format":"sshd","key":"PermitRootLogin","value":"prohibit-password"}""", "sshd -T | grep ^permitrootlogin", "permitrootlogin without-password\n")]
    [InlineData("sshd match", """{"action":"set-config","format":"sshd","key":"X11Forwarding","value":"no","match":"User backup"}""",
        "for u in backup games; do sshd -T -C user=$u,host=h,addr=127.0.0.1 | grep -e ^x11f -e ^allowtcp; done", "x11forwarding no\nallowtcpforwarding no\nx11forwarding yes\nallowtcpforwarding yes\n")]
    [InlineData("sshd other match", """{"action":"set-config","format":"sshd","key":"X11Forwarding","value":"no","match":"User games"}""",
        "for u in backup games; do sshd -T -C user=$u,host=h,addr=127.0.0.1 | grep -e ^x11f -e ^allowtcp; done", "x11forwarding yes\nallowtcpforwarding no\nx11forwarding no\nallowtcpforwarding yes\n")]
    public async Task Sshd_uses_the_setting_whatever_stood_where(string name, string proposal, string look, string seen)
    {
        const string Before = """
            rm -f /etc/ssh/sshd_config.d/*; printf 'MaxAuthTries 9\nLoginGraceTime 30\nMatch User backup\n  MaxAuthTries 7\n' >/etc/ssh/sshd_config.d/50-x.conf
            printf 'Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\nX11Forwarding yes\nMaxAuthTries 8\nUsePAM yes\nSubsystem sftp internal-sftp\nMatch User backup\n  AllowTcpForwarding no\n' >/etc/ssh/sshd_config
            sshd -t && systemctl reload ssh
            """;
        await Whole(name, proposal, Before, look, seen, "chmod 640 /etc/ssh/sshd_config; chgrp adm /etc/ssh/sshd_config", "stat -c '%a %G' /etc/ssh/sshd_config; sshd -T -C user=backup,host=h,addr=127.0.0.1 | grep ^maxauth");
    }

    [Theory]
    [InlineData("words", """{"action":"set-config","format":"key-value","file":"/etc/x.conf","key":"deny","value":"4"}""", "# deny 1\\ndenyall 2\\n deny\\t3\\ndeny 5\\nlast", "# deny 1\ndenyall 2\ndeny 4\nlast\n")]
    [InlineData("words there", """{"action":"set-config","format":"key-value","file":"/etc/x.conf","key":"deny","value":"4"}""", "a 1\\ndeny  \\t4 \\ndeny 7\\n", "a 1\ndeny  \t4 \n")]
    [InlineData("equals", """{"action":"set-config","format":"key=value","file":"/etc/x.conf","key":"minlen","value":"\\14 & 'x' /"}""", "a = 1\\nminlen = 8\\nb=2\\nminlen=9\\n", "a = 1\nminlen = \\14 & 'x' /\nb=2\n")]
    [InlineData("equals new", """{"action":"set-config","format":"key=value","file":"/etc/x.conf","key":"minlen","value":"14"}""", "#minlen=8", "#minlen=8\nminlen=14\n")]
    [InlineData("ini", """{"action":"set-config","format":"ini","file":"/etc/x.conf","section":"B b","key":"k","value":"v"}""", "[A]\\nk=1\\n\\n[B b]\\nx=1\\n\\n[C]\\nk=3\\n", "[A]\nk=1\n\n[B b]\nx=1\nk=v\n\n[C]\nk=3\n")]
    [InlineData("ini there", """{"action":"set-config","format":"ini","file":"/etc/x.conf","section":"B","key":"k","value":"v"}""", "[A]\\nk=1\\n[B]\\n;k=0\\nk = 2\\nk=9\\n", "[A]\nk=1\n[B]\n;k=0\nk = v\n")]
    [InlineData("ini new", """{"action":"set-config","format":"ini","file":"/etc/x.conf","section":"B","key":"k","value":"v"}""", "[A]\\nk=1\\n", "[A]\nk=1\n\n[B]\nk=v\n")]
    [InlineData("pam", """{"action":"set-config","format":"pam","service":"x","type":"auth","control":"required","module":"pam_unix.so","options":"try_first_pass deny=3"}""",
        "# c\\nauth  [success=1 default=ignore]  pam_unix.so nullok deny=5\\nauth requisite pam_deny.so\\n@include common-account\\n", "# c\nauth\trequired\tpam_unix.so nullok try_first_pass deny=3\nauth requisite pam_deny.so\n@include common-account\n")]
    [InlineData("pam new", """{"action":"set-config","format":"pam","service":"x","type":"auth","control":"[default=die]","module":"pam_faildelay.so","options":"delay=4000000","position":"first"}""",
        "account required pam_unix.so\\nauth required pam_unix.so\\nauth optional pam_cap.so\\n", "account required pam_unix.so\nauth\t[default=die]\tpam_faildelay.so delay=4000000\nauth required pam_unix.so\nauth optional pam_cap.so\n")]
    [InlineData("pam last", """{"action":"set-config","format":"pam","service":"x","type":"password","control":"required","module":"pam_pwhistory.so"}""",
        "password required pam_unix.so\\nsession optional pam_unix.so", "password required pam_unix.so\npassword\trequired\tpam_pwhistory.so\nsession optional pam_unix.so\n")]
    [InlineData("modprobe", """{"action":"set-config","format":"modprobe","file":"/etc/modprobe.d/x.conf","directive":"options","module":"usb-storage","value":"quirks=1"}""",
        "options usb_storage old=1\\ninstall usb_storage /bin/true\\n", "install usb_storage /bin/true\noptions usb-storage quirks=1\n")]
    [InlineData("sysctl file", """{"action":"set-config","format":"sysctl","file":"/etc/sysctl.d/x.conf","key":"kernel.dmesg_restrict","value":"1"}""", "kernel.dmesg_restrict = 0\\n", "kernel.dmesg_restrict = 1\n")]
    public async Task A_line_is_set_and_the_rest_stays(string name, string proposal, string before, string after)
    {
        var action = Parse(proposal);
        var file = action.Resources.First(r => r.Kind == Core.Findings.ResourceKind.File).Name;
        await Whole(name, proposal, $"rm -f {file}; printf '{before}' >{file}; chmod 640 {file}; chown daemon:adm {file}", $"cat {file}; stat -c '%a %U %G' {file}", after + "640 daemon adm\n");
    }

    [Fact]
    public async Task Login_defs_are_what_the_tools_read() =>
        await Whole("login.defs", """{"action":"set-config","format":"login.defs","key":"PASS_MAX_DAYS","value":"365"}""", "", "useradd forge-x && getent shadow forge-x | cut -d: -f5; userdel forge-x; grep -c '^PASS_MAX' /etc/login.defs", "365\n1\n", lookChanges: true);

    [Fact]
    public async Task A_drop_in_is_what_the_unit_has() =>
        await Whole("drop-in", """{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"Nice","value":"5"}""", "systemctl enable --now cron", "systemctl show -p Nice --value cron; systemctl is-active cron", "5\nactive\n");

    [Fact]
    public async Task An_audit_rule_is_written_where_the_kernel_takes_none()
    {
        await lab.InsideAsync("command -v auditctl || { apt-get -q update; DEBIAN_FRONTEND=noninteractive apt-get -qy install auditd; }");
        await Whole("audit", """{"action":"audit-rule","rule":"-w /etc/group -p wa -k identity"}""", "", "cat /etc/audit/rules.d/forge-*; stat -c %a /etc/audit/rules.d/forge-*", "-w /etc/group -p wa -k identity\n640\n");
    }

    [Theory]
    [InlineData("bad sshd", """{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"many"}""", "", "sshd does not take MaxAuthTries many")]
    [InlineData("bad sshd key", """{"action":"set-config","format":"sshd","key":"NoSuchKey","value":"1"}""", "", "sshd does not take NoSuchKey 1")]
    [InlineData("bad match", """{"action":"set-config","format":"sshd","key":"X11Forwarding","value":"no","match":"Planet earth"}""", "", "sshd does not take the new configuration")]
    [InlineData("bad sudoers", """{"action":"write-file","path":"/etc/sudoers.d/zz","content":"Defaults use_pty=("}""", "", "does not hold")]
    [InlineData("sudoers taken", """{"action":"write-file","path":"/etc/sudoers.d/taken","content":"Defaults use_pty"}""", "echo 'daemon ALL=(ALL) ALL' >/etc/sudoers.d/taken", "says who may become root")]
    [InlineData("bad nft", """{"action":"write-file","path":"/etc/nftables.conf","content":"table inet x {"}""", "command -v nft || { apt-get -q update; apt-get -qy install nftables; }", "does not hold")]
    [InlineData("bad sshd file", """{"action":"write-file","path":"/etc/ssh/sshd_config","content":"Nonsense yes"}""", "", "does not hold")]
    [InlineData("bad fstab", """{"action":"write-file","path":"/etc/fstab","content":"tmpfs nowhere tmpfs"}""", "", "does not hold")]
    [InlineData("bad drop-in", """{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"PrivateTmpp","value":"yes"}""", "", "systemd does not take PrivateTmpp=yes")]
    [InlineData("drop-in breaks", """{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"RootDirectory","value":"/nonexistent"}""", "systemctl unmask cron; systemctl enable --now cron", "it is as it was")]
    [InlineData("bad sysctl", """{"action":"sysctl","key":"net.ipv4.conf.all.log_martians","value":"banana"}""", "", "the kernel")]
    [InlineData("no sysctl", """{"action":"sysctl","key":"net.ipv4.no_such","value":"1"}""", "", "no parameter")]
    [InlineData("bad mount", """{"action":"mount-option","point":"/dev/shm","option":"nonsense"}""", "", "cannot be mounted with nonsense")]
    [InlineData("no mount", """{"action":"mount-option","point":"/etc","option":"nodev"}""", "", "not a file system of its own")]
    [InlineData("no fstab", """{"action":"set-config","format":"fstab-option","point":"/nowhere","option":"nodev"}""", "", "no entry for /nowhere")]
    [InlineData("module in use", """{"action":"kernel-module","name":"tmpfs","state":"disabled"}""", "", "in use")]
    [InlineData("no package", """{"action":"package","name":"no-such-package-of-forge","state":"present"}""", "apt-get -q update", "cannot be made present")]
    [InlineData("needed package", """{"action":"package","name":"libpam-runtime","state":"absent"}""", "", "apt-get does not remove libpam-runtime")]
    [InlineData("needed by the way in", """{"action":"package","name":"libwrap0","state":"absent"}""", "", "refused: removing libwrap0 would remove openssh-server")]
    [InlineData("no service", """{"action":"service","name":"nonesuch","state":"enabled"}""", "", "no unit nonesuch")]
    [InlineData("link", """{"action":"write-file","path":"/etc/linked","content":"x"}""", "ln -sf /etc/shadow /etc/linked", "is a link to /etc/shadow")]
    [InlineData("link mode", """{"action":"set-mode","path":"/etc/linked2/shadow","mode":"644"}""", "ln -sfn /etc /etc/linked2", "is a link to /etc/shadow")]
    [InlineData("no pam module", """{"action":"set-config","format":"pam","service":"login","type":"auth","control":"required","module":"pam_nonesuch.so"}""", "", "not installed")]
    [InlineData("login", """{"action":"user","name":"LOGIN","property":"max-days","value":"1"}""", "", "the login that Forge uses")]
    public async Task What_does_not_hold_changes_nothing(string name, string proposal, string before, string said)
    {
        await lab.InsideAsync(before);
        var state = await lab.InsideAsync(Digest);
        var login = (await lab.Target.RunAsync(new CommandRequest { Script = "id -un" }, Now)).Output.Trim();

        var status = await Run(Parse(proposal.Replace("LOGIN", login, StringComparison.Ordinal)), name);

        Assert.NotEqual(0, status.ExitCode);
        Assert.Contains(said, status.Error, StringComparison.Ordinal);
        Assert.True(status.Changes.IsEmpty, string.Join(", ", status.Changes.Files.Concat(status.Changes.UnitsStopped)));
        Assert.Equal(state, await lab.InsideAsync(Digest));
    }

    private async Task Whole(string name, string proposal, string before, string look, string seen, string more = "", string stays = "true", bool lookChanges = false)
    {
        await lab.InsideAsync(before + "\n" + more);
        var action = Parse(proposal);
        var state = await lab.InsideAsync(Digest);
        var kept = await lab.InsideAsync(stays);
        Assert.Equal(1, await CheckAsync(action));
        var first = await Run(action, name);
        Assert.True(first.Succeeded, first.Error + first.Output);
        Assert.Equal(0, await CheckAsync(action));
        var after = await lab.InsideAsync(Digest);
        Assert.Equal(seen, await lab.InsideAsync(look));
        Assert.Equal(kept, await lab.InsideAsync(stays));

        if (!lookChanges)
        {
            var second = await Run(action, name + " again");
            Assert.True(second.Succeeded, second.Error);
            Assert.True(second.Changes.IsEmpty, string.Join(", ", second.Changes.Files));
            Assert.Equal("already so\n", second.Output);
            Assert.Equal(after, await lab.InsideAsync(Digest));
        }

        var undone = await lab.Host.UndoAsync(first.Id, lab.Epoch, Now);
        Assert.True(undone.Restored, string.Join('\n', undone.Differences) + undone.Output);
        Assert.Equal(1, await CheckAsync(action));
        if (!lookChanges)
        {
            Assert.Equal(state, await lab.InsideAsync(Digest));
        }
    }

    private async Task<int?> CheckAsync(TypedAction action) =>
        (await lab.Target.RunAsync(new CommandRequest { Script = action.CheckScript(), Elevation = Elevation.Sudo }, Now)).ExitCode;

    private Task<OperationStatus> Run(TypedAction action, string name) =>
        lab.Host.ExecuteAsync(lab.Operation(action.ToScript(), name) with { Interpreter = "/bin/sh", JournalPaths = ChangeRunner.JournalPathsOf(action) }, Now);

    private static TypedAction Parse(string json) => ActionCatalog.Default.Parse(JsonDocument.Parse(json).RootElement, "test");
}
