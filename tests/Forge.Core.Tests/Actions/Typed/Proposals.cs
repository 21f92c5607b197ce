using System.Text.Json;
using Forge.Core.Actions.Typed;

namespace Forge.Core.Tests.Actions.Typed;

/// <summary>One good proposal of every type and format.</summary>
public static class Proposals
{
    public static readonly string[] Good =
    [
        """{"action":"package","name":"auditd","state":"present"}""",
        """{"action":"service","name":"cron.service","state":"enabled"}""",
        """{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"4"}""",
        """{"action":"set-config","format":"sshd","key":"X11Forwarding","value":"no","match":"User backup"}""",
        """{"action":"set-config","format":"key-value","file":"/etc/x.conf","key":"deny","value":"4"}""",
        """{"action":"set-config","format":"key=value","file":"/etc/x.conf","key":"minlen","value":"14"}""",
        """{"action":"set-config","format":"ini","file":"/etc/systemd/journald.conf","section":"Journal","key":"Compress","value":"yes"}""",
        """{"action":"set-config","format":"login.defs","key":"PASS_MAX_DAYS","value":"365"}""",
        """{"action":"set-config","format":"sysctl","file":"/etc/sysctl.d/50-x.conf","key":"kernel.dmesg_restrict","value":"1"}""",
        """{"action":"set-config","format":"modprobe","file":"/etc/modprobe.d/x.conf","directive":"install","module":"cramfs","value":"/bin/false"}""",
        """{"action":"set-config","format":"modprobe","file":"/etc/modprobe.d/x.conf","directive":"blacklist","module":"usb-storage"}""",
        """{"action":"set-config","format":"pam","service":"su","type":"auth","control":"required","module":"pam_wheel.so","options":"use_uid group=sugroup","position":"first"}""",
        """{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"PrivateTmp","value":"yes"}""",
        """{"action":"set-config","format":"fstab-option","point":"/boot","option":"nodev"}""",
        """{"action":"write-file","path":"/etc/issue","content":"Authorized use only.\n","mode":"0644"}""",
        """{"action":"set-mode","path":"/etc/crontab","mode":"0600","owner":"root","group":"root"}""",
        """{"action":"set-mode","path":"/etc/crontab","owner":"root"}""",
        """{"action":"set-mode","path":"/etc/crontab","group":"root"}""",
        """{"action":"sysctl","key":"net.ipv4.ip_forward","value":"0"}""",
        """{"action":"kernel-module","name":"cramfs","state":"disabled"}""",
        """{"action":"mount-option","point":"/dev/shm","option":"noexec"}""",
        """{"action":"audit-rule","rule":"-w /etc/group -p wa -k identity"}""",
        """{"action":"audit-rule","rule":"-w /etc/localtime -p wa -k audit_time_rules_with_a_name_as_long_as_vendors_have"}""",
        """{"action":"user","name":"games","property":"locked","value":"yes"}""",
        """{"action":"run-script","script":"echo x\n"}""",
    ];

    public static TheoryData<string> All => new(Good);

    public static TypedAction Parse(string json) => ActionCatalog.Default.Parse(JsonDocument.Parse(json).RootElement, "model");
}
