using System.Text.RegularExpressions;
using Forge.Core.Extraction;
using Forge.Core.Proposals;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Extraction;

/// <summary>The wording is that of the content (ComplianceAsCode, data streams of Debian's packages); what is wanted is what its own fix does.</summary>
public sealed partial class ShippedPatternsTests
{
    [Theory]
    [InlineData(
        "Install opensc Package", "The opensc package can be installed with the following command:\n\n$ sudo dnf install opensc",
        """{"action":"package","name":"opensc","state":"present"}""")]
    [InlineData(
        "Uninstall rsync Package", "The rsyncd service can be used to synchronize files. The rsync package can be removed with the following command:\n\n$ apt-get remove rsync",
        """{"action":"package","name":"rsync","state":"absent"}""")]
    [InlineData("Uninstall the nis package", "The support for Yellowpages should not be installed unless it is required.", """{"action":"package","name":"nis","state":"absent"}""")]
    [InlineData(
        "Enable the SSSD Service", "The SSSD service should be enabled. The sssd service can be enabled with the following command:\n$ sudo systemctl enable sssd.service",
        """{"action":"service","name":"sssd","state":"enabled"}""")]
    [InlineData(
        "Disable At Service (atd)", "The daemon atd keeps track of tasks. The atd service can be disabled with the following command:\n$ sudo systemctl mask --now atd.service",
        """{"action":"service","name":"atd","state":"masked"}""")]
    [InlineData(
        "Enable the pcscd Socket", "To enable the pcscd socket, run the following command:\n$ sudo systemctl enable --now pcscd.socket",
        """{"action":"service","name":"pcscd.socket","state":"enabled"}""")]
    [InlineData(
        "Verify Permissions on /etc/audit/auditd.conf", "To properly set the permissions of /etc/audit/auditd.conf, run the command:\n$ sudo chmod 0600 /etc/audit/auditd.conf",
        """{"action":"set-mode","path":"/etc/audit/auditd.conf","mode":"0600"}""")]
    [InlineData(
        "Verify Group Who Owns cron.d", "To properly set the group owner of /etc/cron.d, run the command:\n$ sudo chgrp root /etc/cron.d",
        """{"action":"set-mode","path":"/etc/cron.d","group":"root"}""")]
    [InlineData(
        "Enable Kernel Parameter to Enforce DAC on FIFOs",
        "To set the runtime status of the fs.protected_fifos kernel parameter, run the following command:\n$ sudo sysctl -w fs.protected_fifos=2\nTo make sure that the setting is persistent, add the following line to a file in the directory /etc/sysctl.d:\nfs.protected_fifos = 2",
        """{"action":"sysctl","key":"fs.protected_fifos","value":"2"}""")]
    [InlineData(
        "Disable Mounting of udf",
        "To configure the system to prevent the udf kernel module from being loaded, add the following line to the file /etc/modprobe.d/udf.conf:\ninstall udf /bin/false\nyou may want to add a different line instead:\ninstall udf /bin/true",
        """{"action":"kernel-module","name":"udf","state":"disabled"}""")]
    [InlineData(
        "Add nodev Option to /dev/shm",
        "The nodev mount option can be used to prevent creation of device files in /dev/shm. Add the nodev option to the fourth column of /etc/fstab for the line which controls mounting of /dev/shm.",
        """{"action":"mount-option","point":"/dev/shm","option":"nodev"}""")]
    [InlineData(
        "Ensure auditd Collects Information on the Use of Privileged Commands - newgidmap",
        "add a line of the following form to a file with suffix .rules in the directory /etc/audit/rules.d:\n-a always,exit -F path=/usr/bin/newgidmap -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged\nIf the auditd daemon is configured to use the auditctl utility, add a line of the following form to /etc/audit/audit.rules:\n-a always,exit -F path=/usr/bin/newgidmap -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged",
        """{"action":"audit-rule","rule":"-a always,exit -F path=/usr/bin/newgidmap -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged"}""")]
    public void A_description_gives_the_action_of_the_contents_own_fix(string title, string body, string expected) => Check(title, body, expected);

    [Theory]
    [InlineData(
        "Disable SSH TCP Forwarding",
        "To disable TCP forwarding, add or correct the following line in /etc/ssh/sshd_config.d/00-complianceascode-hardening.conf:\nAllowTcpForwarding no",
        """{"action":"set-config","format":"sshd","key":"AllowTcpForwarding","value":"no"}""")]
    [InlineData(
        "Set Password Warning Age", "edit the file /etc/login.defs and add or correct the following line:\nPASS_WARN_AGE 7\n                  \nThe profile requirement is 7.",
        """{"action":"set-config","format":"login.defs","key":"PASS_WARN_AGE","value":"7"}""")]
    [InlineData(
        "Disable GDM Guest Login", "set the TimedLoginEnable to false in the [daemon] section in /etc/gdm/custom.conf. For example:\n[daemon]\nTimedLoginEnable=false",
        """{"action":"set-config","format":"ini","file":"/etc/gdm/custom.conf","section":"daemon","key":"TimedLoginEnable","value":"false"}""")]
    [InlineData(
        "Disable Ctrl-Alt-Del Burst Action", "To configure the system, add or modify the following to /etc/systemd/system.conf:\nCtrlAltDelBurstAction=none",
        """{"action":"set-config","format":"ini","file":"/etc/systemd/system.conf","section":"Manager","key":"CtrlAltDelBurstAction","value":"none"}""")]
    [InlineData(
        "Ensure SELinux State is Enforcing", "In the file /etc/selinux/config, add or correct the following line to configure the system to boot into enforcing mode:\nSELINUX=enforcing\n              \nThen reboot the system.",
        """{"action":"set-config","format":"key=value","file":"/etc/selinux/config","key":"SELINUX","value":"enforcing"}""")]
    [InlineData(
        "Set number of records to cause an explicit flush to audit logs", "To configure Audit daemon to issue an explicit flush to disk command after writing 50 records, set freq to 50 in /etc/audit/auditd.conf.",
        """{"action":"set-config","format":"key=value","file":"/etc/audit/auditd.conf","key":"freq","value":"50"}""")]
    [InlineData(
        "Configure auditd max_log_file_action Upon Reaching Maximum Log Size",
        "add or correct the line in /etc/audit/auditd.conf:\nmax_log_file_action = ACTION\nPossible values for ACTION are described in the man page.\nSet the ACTION to rotate. The setting is case-insensitive.",
        """{"action":"set-config","format":"key=value","file":"/etc/audit/auditd.conf","key":"max_log_file_action","value":"rotate"}""")]
    [InlineData(
        "Disable chrony daemon from acting as server", "The port option in /etc/chrony.conf can be set to 0 to make chrony daemon to never open any listening port.",
        """{"action":"set-config","format":"key-value","file":"/etc/chrony.conf","key":"port","value":"0"}""")]
    public void A_description_gives_the_setting_of_the_contents_own_fix(string title, string body, string expected) => Check(title, body, expected);

    [Theory]
    [InlineData(
        "Install opensc Package", "Run the following command to determine if the opensc package is installed: $ rpm -q opensc\nIs it the case that the opensc package is not installed?",
        """{"action":"package","name":"opensc","state":"present"}""")]
    [InlineData(
        "Uninstall rsync Package", "Run the following command to determine if the rsync package is installed: $ dpkg -l rsync\nIs it the case that the rsync package is installed?",
        """{"action":"package","name":"rsync","state":"absent"}""")]
    [InlineData(
        "Disable At Service (atd)", "To check that the atd service is disabled in system boot configuration,\nrun the following command:\n$ sudo systemctl is-enabled atd",
        """{"action":"service","name":"atd","state":"masked"}""")]
    [InlineData(
        "Enable logrotate Timer", "Run the following command to determine the current status of the logrotate timer: $ sudo systemctl is-active logrotate.timer If the timer is running, it should return the following: active\nIs it the case that logrotate timer is not enabled?",
        """{"action":"service","name":"logrotate.timer","state":"enabled"}""")]
    [InlineData(
        "Verify Permissions on Backup passwd File",
        "To check the permissions of /etc/passwd-,\nrun the command:\n$ ls -l /etc/passwd-\nIf properly configured, the output should indicate the following permissions:\n-rw-r--r--\nIs it the case that /etc/passwd- does not have unix mode -rw-r--r--?",
        """{"action":"set-mode","path":"/etc/passwd-","mode":"0644"}""")]
    [InlineData(
        "Verify Owner on cron.deny", "To check the ownership of /etc/cron.deny,\nrun the command:\n$ ls -lL /etc/cron.deny\nIf properly configured, the output should indicate the following owner:\nroot\nIs it the case that /etc/cron.deny does not have an owner of root?",
        """{"action":"set-mode","path":"/etc/cron.deny","owner":"root"}""")]
    [InlineData(
        "Prevent applications from mapping low portion of virtual memory",
        "The runtime status of the vm.mmap_min_addr kernel parameter can be queried\nby running the following command:\n$ sysctl vm.mmap_min_addr\n65536.\n\nIs it the case that the correct value is not returned?",
        """{"action":"sysctl","key":"vm.mmap_min_addr","value":"65536"}""")]
    [InlineData(
        "Disable SCTP Support", "If the system is configured to prevent the loading of the sctp kernel module,\nit will contain lines inside any file in /etc/modprobe.d.\nIs it the case that no line is returned?",
        """{"action":"kernel-module","name":"sctp","state":"disabled"}""")]
    [InlineData(
        "Add noexec Option to /var", "Verify the noexec option is configured for the /var mount point,\nrun the following command:\n$ sudo mount | grep '\\s/var\\s'\n. . . /var . . . noexec . . .",
        """{"action":"mount-option","point":"/var","option":"noexec"}""")]
    [InlineData(
        "Record Attempts to Alter Logon and Logout Events - tallylog",
        "Verify that the system generates audit records for all events that affect \"/var/log/tallylog\" with the following command:\n\n$ sudo auditctl -l | grep /var/log/tallylog\n\n-w /var/log/tallylog -p wa -k logins\nIs it the case that the command does not return a line, or the line is commented out?",
        """{"action":"audit-rule","rule":"-w /var/log/tallylog -p wa -k logins"}""")]
    [InlineData(
        "Enable SSH Print Last Log", "To determine how the SSH daemon's PrintLastLog option is set, run the following command:\n\n$ sudo grep -i PrintLastLog /etc/ssh/sshd_config\n\nIf a line indicating yes is returned, then the required value is set.",
        """{"action":"set-config","format":"sshd","key":"PrintLastLog","value":"yes"}""")]
    [InlineData(
        "Ensure the Default Umask is Set Correctly in login.defs",
        "# grep -i umask /etc/login.defs\n\nUMASK\nIs it the case that the value for the \"UMASK\" parameter is not \"027\", or the \"UMASK\" parameter is missing or is commented out?",
        """{"action":"set-config","format":"login.defs","key":"UMASK","value":"027"}""")]
    [InlineData(
        "Resolve information before writing to audit logs", "run the following command:\n$ sudo grep log_format /etc/audit/auditd.conf\nThe output should return the following:\nlog_format = ENRICHED\nIs it the case that log_format isn't set to ENRICHED?",
        """{"action":"set-config","format":"key=value","file":"/etc/audit/auditd.conf","key":"log_format","value":"ENRICHED"}""")]
    public void A_manual_check_gives_the_same_action(string title, string body, string expected) => Check(title, body, expected);

    [Theory]
    [InlineData("Disable Ciphers", "To do so, run $ sudo chmod 0640 /etc/at.allow and then $ sudo chmod 0640 /etc/cron.allow.")]
    [InlineData(
        "Record Attempts to Alter the localtime File",
        "add the following lines:\n-a always,exit -F arch=b32 -S settimeofday -F key=audit_time_rules\n-a always,exit -F arch=b64 -S settimeofday -F key=audit_time_rules")]
    [InlineData("All GRUB configuration files must be owned by root", "To properly set the owner of /boot/grub2, run the command:\n$ sudo chown root /boot/grub2")]
    [InlineData(
        "Configure audispd's Plugin disk_full_action", "$ sudo grep -i disk_full_action /etc/audit/audisp-remote.conf\nThe output should return something similar to:\ndisk_full_action = single\nAcceptable values also include syslog and halt.")]
    [InlineData("Configure AIDE to Verify ACLs", "For example, add acl to the following line in /etc/aide.conf:\nFIPSR = p+i+n+u+g+s+m+c+acl+selinux+xattrs+sha256")]
    [InlineData("Manage accounts", "Review the accounts of the system and remove those that nobody needs.")]
    public void What_no_single_action_follows_from_gets_none(string title, string body) =>
        Assert.Null(ShippedPatterns.Extractor.Propose(new RuleText(title, body, [])));

    [Fact]
    public void Every_pattern_of_every_skill_can_be_loaded_and_has_a_name_of_its_own()
    {
        var names = ExtractionRules.Load(ShippedPatterns.File).Names;

        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void No_pattern_knows_a_rule_or_a_profile_of_the_content()
    {
        var content = Path.Combine(Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT") ?? "/nowhere", "ssg-debian12-ds.xml");
        Assert.SkipUnless(File.Exists(content), "FORGE_TEST_CONTENT names no folder with ssg-debian12-ds.xml");
        var ids = Ids().Matches(File.ReadAllText(content)).Select(m => m.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(ids.Count > 500, $"the content has only {ids.Count} ids");

        var words = Words().Matches(File.ReadAllText(ShippedPatterns.File)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(words.Intersect(ids));
    }

    [Fact]
    public void A_skill_without_patterns_has_no_extractor() =>
        Assert.Null(Extractor.Load(new Skill { Name = "bare", Title = "t", Engine = "xccdf", Folder = "/nowhere" }));

    private static void Check(string title, string body, string expected)
    {
        var proposal = ShippedPatterns.Extractor.Propose(new RuleText(title, body, []));

        Assert.NotNull(proposal);
        Assert.Equal(CanonicalProposal.Of(System.Text.Json.JsonDocument.Parse(expected).RootElement), CanonicalProposal.Of(proposal.Action));
        Assert.NotEmpty(proposal.Consumed);
        Assert.All(proposal.Consumed, c => Assert.Contains(c, $"{title}\n{body}", StringComparison.Ordinal));
    }

    [GeneratedRegex("<[a-z0-9.-]+:(Rule|Profile) [^>]*id=\"xccdf_[a-z.]+_(rule|profile)_(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();

    [GeneratedRegex("[A-Za-z0-9_-]{5,}")]
    private static partial Regex Words();
}
