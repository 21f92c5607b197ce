using Forge.Core.Actions.Shell;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;

namespace Forge.Core.Tests.Actions.Typed;

public class ProposalGuardTests
{
    private static readonly GuardOptions Options = new() { LoginUser = "ops" };

    [Theory]
    [InlineData("Ensure the audit Subsystem is Installed. The audit package should be installed: apt-get install auditd", """{"action":"package","name":"auditd","state":"present"}""")]
    [InlineData("Remove telnet Clients. The telnet package contains a client.", """{"action":"package","name":"telnet","state":"absent"}""")]
    [InlineData("The cron service is used. Enable it: systemctl enable cron.service", """{"action":"service","name":"cron","state":"enabled"}""")]
    [InlineData("Set SSH MaxAuthTries limit. Add or correct in /etc/ssh/sshd_config: MaxAuthTries 4", """{"action":"set-config","format":"sshd","key":"maxauthtries","value":"4"}""")]
    [InlineData("Disable SSH Root Login: PermitRootLogin no in sshd", """{"action":"set-config","format":"sshd","key":"PermitRootLogin","value":"no"}""")]
    [InlineData("Set `minlen` in /etc/security/pwquality.conf", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"minlen","value":"14"}""")]
    [InlineData("Set minlen in /etc/security/pwquality.conf.", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf.d/forge.conf","key":"minlen","value":"14"}""")]
    [InlineData("In /etc/systemd/journald.conf set Compress=yes", """{"action":"set-config","format":"ini","file":"/etc/systemd/journald.conf","section":"Journal","key":"Compress","value":"yes"}""")]
    [InlineData("PASS_MAX_DAYS 365 in /etc/login.defs", """{"action":"set-config","format":"login.defs","key":"PASS_MAX_DAYS","value":"365"}""")]
    [InlineData("net.ipv4.conf.all.rp_filter must be 1", """{"action":"sysctl","key":"net.ipv4.conf.all.rp_filter","value":"1"}""")]
    [InlineData("net.ipv4.conf.all.rp_filter must be 1", """{"action":"set-config","format":"sysctl","file":"/etc/sysctl.d/60-x.conf","key":"net.ipv4.conf.all.rp_filter","value":"1"}""")]
    [InlineData("Disable Mounting of cramfs. The kernel module cramfs", """{"action":"kernel-module","name":"cramfs","state":"disabled"}""")]
    [InlineData("Disable usb_storage", """{"action":"set-config","format":"modprobe","file":"/etc/modprobe.d/usb.conf","directive":"blacklist","module":"usb-storage"}""")]
    [InlineData("use pam_wheel for su, in /etc/pam.d/su", """{"action":"set-config","format":"pam","service":"su","type":"auth","control":"required","module":"pam_wheel.so","options":"use_uid"}""")]
    [InlineData("pam_pwhistory.so must be used", """{"action":"set-config","format":"pam","service":"common-password","type":"password","control":"required","module":"pam_pwhistory.so"}""")]
    [InlineData("the cron.service needs PrivateTmp", """{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"PrivateTmp","value":"yes"}""")]
    [InlineData("Add noexec Option to /dev/shm", """{"action":"mount-option","point":"/dev/shm","option":"noexec"}""")]
    [InlineData("Add nodev to /boot", """{"action":"set-config","format":"fstab-option","point":"/boot","option":"nodev"}""")]
    [InlineData("audit changes: -w /etc/group in /etc/audit/rules.d", """{"action":"audit-rule","rule":"-w /etc/group -p wa -k identity"}""")]
    [InlineData("audit the call settimeofday and adjtimex", """{"action":"audit-rule","rule":"-a always,exit -F arch=b64 -S adjtimex,settimeofday -k time"}""")]
    [InlineData("Modify the login banner /etc/issue", """{"action":"write-file","path":"/etc/issue","content":"Authorized use only.\n"}""")]
    [InlineData("TMOUT in /etc/profile.d/tmout.sh", """{"action":"write-file","path":"/etc/profile.d/tmout.sh","content":"TMOUT=900\nreadonly TMOUT\nexport TMOUT\n"}""")]
    [InlineData("Defaults use_pty in /etc/sudoers.d/", """{"action":"write-file","path":"/etc/sudoers.d/pty","content":"Defaults use_pty\n"}""")]
    [InlineData("Verify permissions of /etc/shadow", """{"action":"set-mode","path":"/etc/shadow","mode":"0640","owner":"root","group":"shadow"}""")]
    [InlineData("Verify Group Who Owns /etc/shadow", """{"action":"set-mode","path":"/etc/shadow","group":"shadow"}""")]
    [InlineData("Verify Owner of /etc/passwd", """{"action":"set-mode","path":"/etc/passwd","owner":"root"}""")]
    [InlineData("Permissions of /etc/crontab", """{"action":"set-mode","path":"/etc/crontab","mode":"0600"}""")]
    [InlineData("the user games is not locked", """{"action":"user","name":"games","property":"locked","value":"yes"}""")]
    public void What_belongs_to_the_item_is_allowed(string text, string proposal)
    {
        var verdict = Check(text, proposal, Options);
        Assert.True(verdict.Allowed, verdict.Reason);
    }

    [Theory]
    [InlineData("Enable cron", """{"action":"package","name":"auditd","state":"present"}""", "package auditd")]
    [InlineData("make sure that the server has auditd", """{"action":"package","name":"make","state":"absent"}""", "package make")]
    [InlineData("The auditd-extra package", """{"action":"package","name":"audit","state":"present"}""", "package audit")]
    [InlineData("the \u0430uditd package", """{"action":"package","name":"uditd","state":"present"}""", "package uditd")]
    [InlineData("the cron service", """{"action":"service","name":"rsyslog","state":"masked"}""", "service rsyslog")]
    [InlineData("MaxAuthTries of sshd", """{"action":"set-config","format":"sshd","key":"LoginGraceTime","value":"0"}""", "LoginGraceTime")]
    [InlineData("a Banner for the web server", """{"action":"set-config","format":"sshd","key":"Banner","value":"/etc/issue"}""", "Banner")]
    [InlineData("minlen in /etc/security/pwquality.conf", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"dictpath","value":"/x"}""", "dictpath")]
    [InlineData("minlen in /etc/security/pwquality.conf", """{"action":"set-config","format":"key=value","file":"/etc/security/limits.conf","key":"minlen","value":"1"}""", "limits.conf")]
    [InlineData("files in /etc", """{"action":"write-file","path":"/etc/issue","content":""}""", "/etc/issue")]
    [InlineData("all of /etc/audit/*.conf", """{"action":"write-file","path":"/etc/audit/rules.d/x.conf","content":""}""", "rules.d")]
    [InlineData("net.ipv4.ip_forward", """{"action":"sysctl","key":"net.ipv4.conf.all.forwarding","value":"1"}""", "forwarding")]
    [InlineData("module cramfs", """{"action":"kernel-module","name":"ext4","state":"disabled"}""", "ext4")]
    [InlineData("nodev on /tmp", """{"action":"mount-option","point":"/home","option":"nodev"}""", "/home")]
    [InlineData("nodev on /home", """{"action":"mount-option","point":"/home","option":"usrquota"}""", "usrquota")]
    [InlineData("audit /etc/group", """{"action":"audit-rule","rule":"-w /etc -p rwxa"}""", "/etc")]
    [InlineData("audit /etc/group", """{"action":"audit-rule","rule":"-a never,exit -F auid>=1000"}""", "neither")]
    [InlineData("audit /etc/group", """{"action":"audit-rule","rule":"-a never,exit -S openat"}""", "openat")]
    [InlineData("the user games", """{"action":"user","name":"daemon","property":"locked","value":"yes"}""", "daemon")]
    [InlineData("pam_wheel in /etc/pam.d/su", """{"action":"set-config","format":"pam","service":"sshd","type":"auth","control":"required","module":"pam_wheel.so"}""", "sshd")]
    public void What_is_none_of_the_items_is_refused(string text, string proposal, string named) => Refused(text, proposal, named, Options);

    [Theory]
    [MemberData(nameof(ForbiddenProposals.All), MemberType = typeof(ForbiddenProposals))]
    public void What_nobody_may_do_is_refused_though_the_item_names_it(string proposal)
    {
        // The item names every word of the proposal, and words that give it company.
        var verdict = Check($"sshd audit package {proposal} service module user {proposal.Replace('"', ' ')}", proposal, Options);

        Assert.False(verdict.Allowed);
        Assert.DoesNotContain("none of the item's", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_account_is_changed_where_the_login_of_forge_is_not_known() =>
        Refused("the user games", """{"action":"user","name":"games","property":"locked","value":"yes"}""", "not known", new GuardOptions());

    [Fact]
    public void Root_login_stays_where_forge_uses_it() =>
        Refused("sshd PermitRootLogin no", """{"action":"set-config","format":"sshd","key":"PermitRootLogin","value":"no"}""", "as root", new GuardOptions { LoginUser = "root" });

    [Fact]
    public void A_script_needs_permission_a_reader_and_the_items_own_things()
    {
        var script = (RunScriptAction)Proposals.Parse("""{"action":"run-script","script":"sed -i s/a/b/ /etc/issue"}""");
        var allowed = Options with { AllowScripts = true };
        var read = script with { Effects = ShellEffectsReader.Read(script.Script) };

        Assert.Contains("not allowed", Verdict(read, "/etc/issue", Options).Reason, StringComparison.Ordinal);
        Assert.Contains("no shell parser", Verdict(script, "/etc/issue", allowed).Reason, StringComparison.Ordinal);
        Assert.Contains("none of the item's", Verdict(read, "/etc/motd", allowed).Reason, StringComparison.Ordinal);
        Assert.True(Verdict(read, "/etc/issue", allowed).Allowed, Verdict(read, "/etc/issue", allowed).Reason);
    }

    [Theory]
    [InlineData("sh -c 'rm x'")]
    [InlineData("eval x")]
    [InlineData("$(cat /etc/issue)")]
    [InlineData("curl x | sh")]
    [InlineData("apt-get remove -y sudo")]
    [InlineData("systemctl stop ssh")]
    [InlineData("echo x >/home/ops/.ssh/authorized_keys")]
    [InlineData("usermod -L ops")]
    [InlineData("echo 'x")]
    public void A_script_that_hides_or_cuts_off_is_refused(string text)
    {
        var script = new RunScriptAction { Arm = "model", Summary = "", Script = text, Effects = ShellEffectsReader.Read(text) };

        Assert.False(Verdict(script, text, Options with { AllowScripts = true }).Allowed);
    }

    [Fact]
    public void Resources_count_like_texts()
    {
        var finding = Item("nothing") with { Resources = [new Resource(ResourceKind.Service, "cron"), new Resource(ResourceKind.Setting, "/etc/x.conf:Key")] };

        Assert.True(ProposalGuard.Check(Proposals.Parse("""{"action":"service","name":"cron.service","state":"enabled"}"""), finding, Options).Allowed);
        Assert.True(ProposalGuard.Check(Proposals.Parse("""{"action":"set-config","format":"key-value","file":"/etc/x.conf","key":"Key","value":"v"}"""), finding, Options).Allowed);
        Assert.True(ProposalGuard.Check(Proposals.Parse("""{"action":"package","name":"tree","state":"present"}"""), finding, Options with { Texts = ["install the package tree"] }).Allowed);
    }

    [Fact]
    public void What_was_made_past_the_schema_is_refused_too()
    {
        var action = new SetModeAction { Arm = "model", Summary = "", Path = "/etc/issue\n/etc/shadow", Mode = "600" };

        Assert.Contains("path does not match", ProposalGuard.Check(action, Item("/etc/issue"), Options).Reason, StringComparison.Ordinal);
    }

    private static void Refused(string text, string proposal, string named, GuardOptions options)
    {
        var verdict = Check(text, proposal, options);
        Assert.False(verdict.Allowed);
        Assert.Contains(named, verdict.Reason, StringComparison.Ordinal);
    }

    private static ProposalVerdict Check(string text, string proposal, GuardOptions options) => Verdict(Proposals.Parse(proposal), text, options);

    private static ProposalVerdict Verdict(TypedAction action, string text, GuardOptions options) => ProposalGuard.Check(action, Item(text), options);

    private static Finding Item(string text) => new() { Id = "i", Target = "t", Skill = "s", Title = "Item", Description = text };
}
