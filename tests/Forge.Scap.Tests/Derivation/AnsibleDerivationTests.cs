using Forge.Core.Actions.Typed;
using Forge.Scap.Derivation;

namespace Forge.Scap.Tests.Derivation;

public sealed class AnsibleDerivationTests
{
    [Theory]
    [InlineData("- package:\n    name: aide\n    state: present", """{"action":"package","name":"aide","state":"present"}""")]
    [InlineData("- ansible.builtin.dnf: name=telnet state=absent", """{"action":"package","name":"telnet","state":"absent"}""")]
    [InlineData("- apt:\n    name: '{{ item }}'\n  with_items: [nis]", """{"action":"package","name":"nis","state":"present"}""")]
    [InlineData("- systemd:\n    name: cups.service\n    state: stopped\n    enabled: false\n    masked: true\n- systemd:\n    name: cups.socket\n    masked: true",
        """{"action":"service","name":"cups","state":"masked"}""")]
    [InlineData("- service:\n    name: auditd\n    enabled: yes\n    state: started", """{"action":"service","name":"auditd","state":"enabled"}""")]
    [InlineData("- sysctl:\n    name: kernel.kptr_restrict\n    value: '{{ v }}'\n  vars: {}", null)]
    [InlineData("- set_fact:\n    v: !!str 1\n- ansible.posix.sysctl:\n    name: kernel.kptr_restrict\n    value: '{{ v }}'", """{"action":"sysctl","key":"kernel.kptr_restrict","value":"1"}""")]
    [InlineData("- lineinfile:\n    path: /etc/ssh/sshd_config.d/00-x.conf\n    line: MaxAuthTries 4", """{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"4"}""")]
    [InlineData("- lineinfile:\n    dest: /etc/login.defs\n    line: UMASK 027", """{"action":"set-config","format":"login.defs","key":"UMASK","value":"027"}""")]
    [InlineData("- lineinfile:\n    path: /etc/audit/auditd.conf\n    mode: u-x,g-wx,o-rwx\n    line: max_log_file = 6",
        """{"action":"set-config","format":"key=value","file":"/etc/audit/auditd.conf","key":"max_log_file","value":"6"}""")]
    [InlineData("- lineinfile:\n    path: /etc/chrony.conf\n    line: port 0", """{"action":"set-config","format":"key-value","file":"/etc/chrony.conf","key":"port","value":"0"}""")]
    [InlineData("- lineinfile:\n    path: /etc/systemd/system.conf\n    line: CtrlAltDelBurstAction=none",
        """{"action":"set-config","format":"ini","file":"/etc/systemd/system.conf","section":"Manager","key":"CtrlAltDelBurstAction","value":"none"}""")]
    [InlineData("- community.general.ini_file:\n    path: /etc/systemd/journald.conf.d/complianceascode_hardening.conf\n    section: Journal\n    option: Compress\n    value: yes",
        """{"action":"set-config","format":"ini","file":"/etc/systemd/journald.conf","section":"Journal","key":"Compress","value":"yes"}""")]
    [InlineData("- lineinfile:\n    path: /etc/pam.d/login\n    line: session    required     pam_namespace.so",
        """{"action":"set-config","format":"pam","service":"login","type":"session","control":"required","module":"pam_namespace.so"}""")]
    [InlineData("- file:\n    path: /etc/shadow\n    mode: u-xwrs,g-xwrs,o-xwrt", """{"action":"set-mode","path":"/etc/shadow","mode":"0000"}""")]
    [InlineData("- file:\n    path: /etc/issue\n    mode: 420\n- file:\n    path: /etc/issue\n    owner: '0'\n- file:\n    path: /etc/issue\n    group: 0",
        """{"action":"set-mode","path":"/etc/issue","mode":"0644","owner":"root","group":"root"}""")]
    [InlineData("- command: find -P /etc/cron.d/ -maxdepth 0 -perm /u+s,g+xwrs,o+xwrt -type d\n  register: found\n  check_mode: false\n- file:\n    path: '{{ item }}'\n    mode: u-s,g-xwrs,o-xwrt\n    state: directory\n  with_items: ['{{ found.stdout_lines }}']",
        """{"action":"set-mode","path":"/etc/cron.d","mode":"0700"}""")]
    [InlineData("- lineinfile:\n    path: /etc/modprobe.d/cramfs.conf\n    line: install cramfs /bin/false\n- lineinfile:\n    path: /etc/modprobe.d/cramfs.conf\n    line: blacklist cramfs",
        """{"action":"kernel-module","name":"cramfs","state":"disabled"}""")]
    [InlineData("- set_fact:\n    mount_info: '{{ mount_info | combine({''options'':''''~(mount_info.options | default(''''))~'',''~''nodev'' }) }}'\n- mount:\n    path: /tmp\n    opts: '{{ mount_info.options }}'\n    state: mounted",
        """{"action":"mount-option","point":"/tmp","option":"nodev"}""")]
    [InlineData("- set_fact:\n    syscalls: [chmod, fchmod]\n- lineinfile:\n    path: '{{ audit_file }}'\n    line: -a always,exit -F arch=b64 -S {{ syscalls | join(',') }}  -F key=perm_mod",
        """{"action":"audit-rule","rule":"-a always,exit -F arch=b64 -S chmod,fchmod -F key=perm_mod"}""")]
    public void One_change_is_one_action(string tasks, string? action)
    {
        var derived = AnsibleDerivation.Derive(tasks);

        Assert.Equal(action, derived.Action?.GetRawText());
        Assert.NotEmpty(derived.Why);
    }

    [Theory]
    [InlineData("- lineinfile:\n  path: [", "not YAML at line")]
    [InlineData("just text", "not a list of tasks")]
    [InlineData("- name: nothing here", "has no module")]
    [InlineData("- package: {name: a}\n  service: {name: b}", "more than one module")]
    [InlineData("- command: [a, b]\n  register: x\n  check_mode: false", "neither words nor text")]
    [InlineData("- file: {? [a] : b}", "neither words nor text")]
    [InlineData("- {? [a] : b}", "a key that is no word")]
    [InlineData("- package:\n    name: '{{ the_package }}'", "depends on the machine (the_package)")]
    [InlineData("- package:\n    name: [a, b]", "several actions")]
    [InlineData("- package:\n    name: aide\n- service:\n    name: aide\n    enabled: true", "several actions")]
    [InlineData("- lineinfile:\n    path: '{{ all_files[0] }}'\n    line: -w /etc/group -p wa\n- lineinfile:\n    path: /x\n    line: -w /etc/passwd -p wa", "several actions")]
    [InlineData("- package:\n    name: 'a b'", "not in the catalogue")]
    [InlineData("- file:\n    path: /usr/bin/x\n    mode: '4755'", "not in the catalogue")]
    [InlineData("- file:\n    path: /etc\n    mode: '0755'\n    recurse: true", "all below a folder")]
    [InlineData("- file:\n    path: /etc/at.allow\n    mode: '0640'\n    state: touch", "it makes a file")]
    [InlineData("- file:\n    path: /var/log/a\n    mode: '{{ ''0600'' if g == ''root'' else ''0640'' }}'", "depends on the machine")]
    [InlineData("- seboolean:\n    name: x\n    state: true", "SELinux boolean")]
    [InlineData("- shell: reboot", "a command")]
    [InlineData("- lineinfile:\n    path: /etc/default/grub\n    regexp: (.*)\n    line: \\1 audit=1\n    backrefs: true", "edited in place")]
    [InlineData("- lineinfile:\n    path: /etc/sudoers\n    line: Defaults use_pty", "no setting known")]
    [InlineData("- lineinfile:\n    path: /etc/usbguard/rules.conf\n    line: allow with-interface 03", "no setting known")]
    [InlineData("- lineinfile:\n    path: /etc/x.conf\n    regexp: a\n    state: absent", "no task sets anything")]
    [InlineData("- replace:\n    path: /etc/sssd/sssd.conf\n    replace: \\1,pam\n- ini_file:\n    path: /etc/sssd/sssd.conf\n    section: sssd\n    option: services\n    value: pam", "adds to a list")]
    [InlineData("- lineinfile:\n    path: /etc/x.conf\n    line: a = 1\n  check_mode: true", "no task sets anything")]
    public void What_is_not_one_typed_action_says_why(string tasks, string why)
    {
        var derived = AnsibleDerivation.Derive(tasks);

        Assert.Null(derived.Action);
        Assert.Contains(why, derived.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_accounts_that_a_machine_may_have_are_no_known_one()
    {
        const string Tasks = """
            - set_fact: {who: syslog}
              when: ansible_facts.getent_passwd["syslog"] is defined
            - set_fact: {who: root}
              when: ansible_facts.getent_passwd["root"] is defined
            - file: {path: /var/log/auth.log, owner: '{{ who }}'}
            """;

        Assert.Contains("depends on the machine (who)", AnsibleDerivation.Derive(Tasks).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_actions_are_listed_where_each_is_in_the_catalogue()
    {
        var several = AnsibleDerivation.Derive("- package:\n    name: aide\n- service:\n    name: aide\n    enabled: true").Several;

        Assert.Equal(["""{"action":"package","name":"aide","state":"present"}""", """{"action":"service","name":"aide","state":"enabled"}"""], several.Select(s => s.GetRawText()));
        Assert.Empty(AnsibleDerivation.Derive("- package:\n    name: [a, 'b c']").Several);
    }

    [Fact]
    public void What_depends_on_the_order_of_blocks_is_read_in_their_order()
    {
        const string Tasks = """
            - block:
                - set_fact: v="{{ x.split('|')[0] }}"
                - set_fact: {x: 'hostname|fqd'}
                - set_fact: v="{{ x.split('|')[0] }}"
                - lineinfile: {path: /etc/audit/auditd.conf, line: "name_format = {{ v }}"}
            """;
        var action = AnsibleDerivation.Derive(Tasks).Action!.Value;

        Assert.Equal("hostname", action.GetProperty("value").GetString());
        Assert.Equal("content", ActionCatalog.Default.Parse(action, "content").Arm);
    }
}
