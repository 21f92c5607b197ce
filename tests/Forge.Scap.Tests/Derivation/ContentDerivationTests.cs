using Forge.Core.Actions.Typed;
using Forge.Scap.Content;
using Forge.Scap.Derivation;
using Forge.Scap.Profiles;

namespace Forge.Scap.Tests.Derivation;

/// <summary>On the content itself: what its own fixes come down to, one rule for each form that they have.</summary>
public sealed class ContentDerivationTests
{
    private static readonly Dictionary<string, Lazy<ResolvedProfile>> Profiles = new[] { "debian12", "rhel9" }
        .ToDictionary(p => p, p => new Lazy<ResolvedProfile>(() => ProfileResolver.Resolve(DataStreamReader.Read(Fixtures.Content(p)), null)));

    [Theory]
    [InlineData("debian12", "package_aide_installed", """{"action":"package","name":"aide","state":"present"}""")]
    [InlineData("debian12", "service_cups_disabled", """{"action":"service","name":"cups","state":"masked"}""")]
    [InlineData("debian12", "service_auditd_enabled", """{"action":"service","name":"auditd","state":"enabled"}""")]
    [InlineData("debian12", "sshd_disable_root_login", """{"action":"set-config","format":"sshd","key":"PermitRootLogin","value":"no"}""")]
    [InlineData("debian12", "sysctl_net_ipv4_ip_forward", """{"action":"sysctl","key":"net.ipv4.ip_forward","value":"0"}""")]
    [InlineData("debian12", "file_permissions_cron_d", """{"action":"set-mode","path":"/etc/cron.d","mode":"0700"}""")]
    [InlineData("debian12", "file_groupowner_etc_shadow", """{"action":"set-mode","path":"/etc/shadow","group":"shadow"}""")]
    [InlineData("rhel9", "file_owner_etc_passwd", """{"action":"set-mode","path":"/etc/passwd","owner":"root"}""")]
    [InlineData("rhel9", "accounts_maximum_age_login_defs", """{"action":"set-config","format":"login.defs","key":"PASS_MAX_DAYS","value":"60"}""")]
    [InlineData("rhel9", "accounts_umask_etc_login_defs", """{"action":"set-config","format":"login.defs","key":"UMASK","value":"027"}""")]
    [InlineData("rhel9", "accounts_password_pam_minlen", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"minlen","value":"15"}""")]
    [InlineData("rhel9", "coredump_disable_backtraces", """{"action":"set-config","format":"ini","file":"/etc/systemd/coredump.conf","section":"Coredump","key":"ProcessSizeMax","value":"0"}""")]
    [InlineData("rhel9", "sssd_offline_cred_expiration", """{"action":"set-config","format":"ini","file":"/etc/sssd/sssd.conf","section":"pam","key":"offline_credentials_expiration","value":"1"}""")]
    [InlineData("rhel9", "mount_option_tmp_nodev", """{"action":"mount-option","point":"/tmp","option":"nodev"}""")]
    [InlineData("rhel9", "kernel_module_cramfs_disabled", """{"action":"kernel-module","name":"cramfs","state":"disabled"}""")]
    [InlineData("debian12", "kernel_module_cramfs_disabled", """{"action":"kernel-module","name":"cramfs","state":"disabled"}""")]
    [InlineData("debian12", "accounts_minimum_age_login_defs", """{"action":"set-config","format":"login.defs","key":"PASS_MIN_DAYS","value":"7"}""")]
    [InlineData("debian12", "auditd_data_disk_error_action", """{"action":"set-config","format":"key=value","file":"/etc/audit/auditd.conf","key":"disk_error_action","value":"single"}""")]
    [InlineData("rhel9", "audit_rules_privileged_commands_sudo", """{"action":"audit-rule","rule":"-a always,exit -F path=/usr/bin/sudo -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged"}""")]
    [InlineData("debian12", "audit_rules_mac_modification_etc_apparmor", """{"action":"audit-rule","rule":"-w /etc/apparmor -p wa -k MAC-policy"}""")]
    [InlineData("rhel9", "audit_rules_dac_modification_chmod", null)]
    [InlineData("rhel9", "file_permissions_sshd_private_key", null)]
    [InlineData("debian12", "accounts_password_pam_pwhistory_remember", null)]
    public void A_fix_of_the_content_comes_down_to_its_action(string product, string rule, string? action)
    {
        var profile = Profiles[product].Value;
        var derived = ActionDerivation.Derive(profile, profile.Benchmark.Rules.Single(r => r.Id.EndsWith("_rule_" + rule, StringComparison.Ordinal)));

        Assert.True(derived.Action?.GetRawText() == action, $"{derived.Action?.GetRawText() ?? "none"}: {derived.Why}");
    }

    [Fact]
    public void Every_derived_action_is_in_the_catalogue_and_every_other_rule_says_why_not()
    {
        var profile = Profiles["debian12"].Value;
        var derived = profile.Benchmark.Rules.Select(r => ActionDerivation.Derive(profile, r)).ToList();

        Assert.True(derived.Count(d => d.Action is not null) > 250);
        Assert.All(derived, d => Assert.NotEmpty(d.Why));
        Assert.All(derived.Where(d => d.Action is not null), d => ActionCatalog.Default.Parse(d.Action!.Value, "content"));
    }
}
