using Forge.Core.Actions;
using Forge.Core.Policy;

namespace Forge.Core.Tests.Policy;

public class RiskClassifierTests
{
    [Theory]
    [InlineData("sed -i s/a/b/ /etc/ssh/sshd_config", ActionRisk.LockoutCapable)]
    [InlineData("echo x > /etc/sudoers.d/y", ActionRisk.LockoutCapable)]
    [InlineData("mount -o remount,nosuid /tmp", ActionRisk.LockoutCapable)]
    [InlineData("apt-get install -y ufw", ActionRisk.LockoutCapable)]
    [InlineData("systemctl restart ssh.service", ActionRisk.LockoutCapable)]
    [InlineData("iptables -P INPUT DROP", ActionRisk.LockoutCapable)]
    [InlineData("pam-auth-update --force", ActionRisk.LockoutCapable)]
    [InlineData("sed -i s/a/b/ /etc/security/pwquality.conf", ActionRisk.Reversible)]
    [InlineData("echo x > /etc/security/pwquality.conf.d/y.conf", ActionRisk.Reversible)]
    [InlineData("sed -i s/a/b/ /etc/security/faillock.conf", ActionRisk.LockoutCapable)]
    [InlineData("echo x > /etc/security/pwquality.config", ActionRisk.LockoutCapable)]
    [InlineData("chmod 600 /etc/security", ActionRisk.LockoutCapable)]
    [InlineData("chmod -R go-rwx /etc", ActionRisk.LockoutCapable)]
    [InlineData("usermod -L games", ActionRisk.LockoutCapable)]
    [InlineData("systemctl stop avahi-daemon.service", ActionRisk.ServiceAffecting)]
    [InlineData("apt-get install -y auditd", ActionRisk.ServiceAffecting)]
    [InlineData("echo 1 > /etc/modprobe.d/x.conf", ActionRisk.Reversible)]
    [InlineData("userdel bob", ActionRisk.Irreversible)]
    [InlineData("echo 'never ends", ActionRisk.Irreversible)]
    public void The_class_follows_from_what_is_touched(string script, ActionRisk expected) => Assert.Equal(expected, RiskClassifier.Assess(Script(script)).Risk);

    [Fact]
    public void What_the_source_says_of_itself_does_not_count()
    {
        var action = Script("sed -i s/a/b/ /etc/ssh/sshd_config") with { Summary = "harmless, reversible, read only" };

        Assert.Equal(ActionRisk.LockoutCapable, RiskClassifier.Assess(action).Risk);
    }

    [Fact]
    public void An_approval_is_bound_to_the_exact_bytes()
    {
        var risk = RiskClassifier.Assess(Script("userdel bob"));

        Assert.False(ActionGate.Decide(risk, "aa", new HashSet<string> { "bb" }, true).Allowed);
        Assert.Contains("-Approval aa", ActionGate.Decide(risk, "aa", new HashSet<string>(), true).Refusal, StringComparison.Ordinal);
        Assert.True(ActionGate.Decide(risk, "aa", new HashSet<string> { "aa" }, true).Allowed);
    }

    [Fact]
    public void A_change_that_can_lock_out_needs_a_dead_man_where_nothing_else_can_undo_from_outside()
    {
        var risk = new RiskAssessment(ActionRisk.LockoutCapable, "");

        Assert.True(ActionGate.Decide(risk, "", new HashSet<string>(), hasOutsideCheckpoint: false).NeedsDeadMan);
        Assert.False(ActionGate.Decide(risk, "", new HashSet<string>(), hasOutsideCheckpoint: true).NeedsDeadMan);
        Assert.False(ActionGate.Decide(new RiskAssessment(ActionRisk.Reversible, ""), "", new HashSet<string>(), false).NeedsDeadMan);
    }

    private static ScriptAction Script(string text) => new() { Arm = "content", Summary = "s", Script = text };
}
