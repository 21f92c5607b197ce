using Forge.Scap.Export;

namespace Forge.Scap.Tests.Export;

public sealed class SplitTests
{
    // Reckoned with Python: hashlib.sha256(b"forge-hardener-1:" + id).
    [Theory]
    [InlineData("sshd_disable_root_login", true, "test")]
    [InlineData("sshd_disable_root_login", false, "train")]
    [InlineData("package_aide_installed", true, "final")]
    [InlineData("package_aide_installed", false, "train")]
    [InlineData("sysctl_net_ipv4_ip_forward", true, "final")]
    [InlineData("sysctl_net_ipv4_ip_forward", false, "train")]
    [InlineData("file_owner_etc_passwd", true, "final")]
    [InlineData("file_owner_etc_passwd", false, "train")]
    [InlineData("kernel_module_cramfs_disabled", true, "train")]
    [InlineData("kernel_module_cramfs_disabled", false, "train")]
    [InlineData("service_cups_disabled", true, "test")]
    [InlineData("service_cups_disabled", false, "train")]
    [InlineData("file_permissions_etc_shadow", true, "test")]
    [InlineData("file_permissions_etc_shadow", false, "train")]
    [InlineData("sshd_set_keepalive", true, "test")]
    [InlineData("sshd_set_keepalive", false, "train")]
    [InlineData("naïve", true, "train")]
    [InlineData("naïve", false, "train")]
    [InlineData("accounts_umask_etc_login_defs", true, "train")]
    [InlineData("accounts_umask_etc_login_defs", false, "train")]
    [InlineData("service_auditd_enabled", true, "test")]
    [InlineData("service_auditd_enabled", false, "train")]
    [InlineData("package_telnet_removed", true, "train")]
    [InlineData("package_telnet_removed", false, "train")]
    [InlineData("mount_option_tmp_nodev", true, "test")]
    [InlineData("mount_option_tmp_nodev", false, "train")]
    [InlineData("auditd_freq", true, "train")]
    [InlineData("auditd_freq", false, "train")]
    [InlineData("sysctl_fs_protected_fifos", true, "test")]
    [InlineData("sysctl_fs_protected_fifos", false, "train")]
    [InlineData("journald_compress", true, "train")]
    [InlineData("journald_compress", false, "train")]
    [InlineData("account_disable_inactivity_system_auth", false, "test")]
    [InlineData("account_password_pam_faillock_password_auth", true, "dev")]
    [InlineData("account_password_pam_faillock_password_auth", false, "dev")]
    [InlineData("accounts_maximum_age_login_defs", false, "final")]
    public void A_rule_is_in_the_set_that_its_id_says(string id, bool isInProfile, string set) => Assert.Equal(set, Split.Of(id, isInProfile));

    [Fact]
    public void About_half_of_the_profile_and_a_sixteenth_of_the_rest_are_held_out()
    {
        var ids = Enumerable.Range(0, 4000).Select(i => $"rule_{i}").ToList();

        Assert.InRange(ids.Count(i => Split.Of(i, true) is Split.Test or Split.Final), 1850, 2150);
        Assert.InRange(ids.Count(i => Split.Of(i, false) is Split.Test or Split.Final), 190, 310);
        Assert.InRange(ids.Count(i => Split.Of(i, true) is Split.Final), 550, 780);
        Assert.Equal(ids.Count(i => Split.Of(i, true) is Split.Dev), ids.Count(i => Split.Of(i, false) is Split.Dev));
    }
}
