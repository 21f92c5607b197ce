"""Other ways to say what an action wants, as people write them in checklists and guides; for training only."""

_TITLES = ("Harden the system", "Requirement", "Finding", "Configure the host as required", "System settings must be secure", "Check", "Security requirement of this host")

_LEADS = ("", "", "", "This is required by the organisation's policy.\n", "Verify the following on the host.\n", "Without this an attacker could gain access.\n",
          "Auditors look at this setting first.\n", "The operating system must be configured as follows.\n")
_TAILS = ("", "", "", "\nIf this is not the case, this is a finding.", "\nIf the output differs, then this is a finding.", "\nThe default is not enough.", "\nA reboot may be needed.",
          "\nIs it the case that it is not configured?")

_SAYINGS = {
    ("package", "present"): (
        ("The {name} package must be installed", "Install {name} with the package manager of the system."),
        ("Install {name}", "Run the following command to determine if the {name} package is installed:\n$ dpkg -l {name}"),
        ("{name} is needed", "To check that {name} is there, run:\n$ rpm -q {name}\nThe package must be installed."),
        ("Ensure {name} is installed", "apt-get install {name}"),
        ("Software that must be present", "The software of the package {name} provides a needed service; it shall be present."),
    ),
    ("package", "absent"): (
        ("The {name} package must not be installed", "Remove {name} with the package manager of the system."),
        ("Uninstall {name}", "Run the following command to determine if the {name} package is installed:\n$ dpkg -l {name}\nIt must not be there."),
        ("Remove {name}", "apt-get remove {name}"),
        ("Ensure {name} is not installed", "The package {name} is a risk and should be removed from the system."),
    ),
    ("service", "enabled"): (
        ("{name} must be running", "The unit {name} must be enabled and active:\n$ systemctl is-enabled {name}"),
        ("Enable {name}", "Run the following command to see that the service {name} is running:\n$ systemctl is-active {name}\nactive"),
        ("Ensure the service {name} is enabled", "systemctl enable --now {name}"),
    ),
    ("service", "disabled"): (
        ("Disable {name}", "The unit {name} should not start at boot:\n$ systemctl disable --now {name}"),
        ("{name} must be disabled", "To check that {name} is disabled, run:\n$ systemctl is-enabled {name}\ndisabled"),
    ),
    ("service", "masked"): (
        ("Mask {name}", "The unit {name} must not be startable at all:\n$ systemctl mask --now {name}"),
        ("{name} must be masked", "To check that the unit {name} is masked, run:\n$ systemctl is-enabled {name}\nmasked"),
    ),
    ("sysctl", ""): (
        ("Kernel parameter {key}", "The runtime status of the kernel parameter {key} can be queried:\n$ sysctl {key}\nThe value shall be {value}."),
        ("Set {key}", "{key} = {value}"),
        ("{key} must be {value}", "Add the line {key} = {value} to a file in /etc/sysctl.d."),
        ("Check of {key}", "$ sysctl {key}\n{key} = {value}"),
    ),
    ("kernel-module", "disabled"): (
        ("Module {name}", "The kernel module {name} must not be loadable."),
        ("Disable {name}", "Add to a file in /etc/modprobe.d:\ninstall {name} /bin/false\nblacklist {name}"),
        ("{name} must be disabled", "If the system loads the module {name}, this is a finding:\n$ lsmod | grep {name}"),
    ),
    ("mount-option", ""): (
        ("{option} on {point}", "The mount option {option} must be set for {point}."),
        ("Mount {point} with {option}", "Verify the option is configured for the {point} mount point:\n$ findmnt {point}\nThe list must have {option}."),
        ("Option of {point}", "Add {option} to the fourth column of the line for {point} in /etc/fstab."),
    ),
    ("audit-rule", ""): (
        ("Audit", "Add the following line to a file in /etc/audit/rules.d:\n{rule}"),
        ("Record these events", "The audit system must have the rule\n{rule}\nCheck with auditctl -l."),
    ),
    ("set-config", "sshd"): (
        ("SSH {key}", "sshd -T must say {key} {value}."),
        ("Set {key} for ssh", "{key} {value}\nbelongs into the configuration of the SSH daemon."),
        ("sshd option {key} must be {value}", "Run:\n$ sudo grep -i {key} /etc/ssh/sshd_config\nIt must return:\n{key} {value}"),
    ),
    ("set-config", "login.defs"): (
        ("{key} in login.defs", "The file /etc/login.defs must say:\n{key} {value}"),
        ("Set {key}", "$ grep {key} /etc/login.defs\n{key} {value}"),
    ),
    ("set-config", "key=value"): (
        ("{key} must be {value}", "In the file {file} stands\n{key} = {value}"),
        ("Set {key} in {file}", "$ grep {key} {file}\n{key}={value}"),
        ("{key}", "The parameter {key} of {file} shall have the value {value}."),
    ),
    ("set-config", "key-value"): (
        ("{key} must be {value}", "In the file {file} stands\n{key} {value}"),
        ("Set {key} in {file}", "$ grep {key} {file}\n{key} {value}"),
    ),
    ("set-config", "ini"): (
        ("{key} must be {value}", "In the section [{section}] of the file {file} stands\n{key} = {value}"),
        ("Set {key} in {file}", "[{section}]\n{key}={value}\nbelongs into {file}."),
    ),
}
_FILES = (
    ({"mode"}, (("Mode of {path}", "The file {path} must have mode {mode} or less:\n$ stat -c %a {path}\n{mode}"), ("Permissions on {path}", "chmod {mode} {path}"),
                ("{path} must have mode {mode}", "$ ls -l {path}\nThe permissions should be {mode}."))),
    ({"owner"}, (("Owner of {path}", "{path} must be owned by {owner}:\n$ stat -c %U {path}\n{owner}"), ("{path} belongs to {owner}", "chown {owner} {path}"))),
    ({"group"}, (("Group of {path}", "{path} must be group-owned by {group}:\n$ stat -c %G {path}\n{group}"), ("{path} has the group {group}", "chgrp {group} {path}"))),
)


def title(random):
    """A title that says nothing, as checklists of other authors have."""
    return random.choice(_TITLES)


def say(action, random):
    """A title and a body for an action; None where there is no saying for it."""
    kind = action["action"]
    if kind == "set-mode":
        given = {k for k in ("mode", "owner", "group") if k in action}
        choices = next((c for keys, c in _FILES if keys == given), ())
    elif kind == "set-config":
        choices = _SAYINGS.get((kind, action["format"]), ())
    else:
        choices = _SAYINGS.get((kind, action.get("state", "")), ())
    if not choices:
        return None
    head, body = random.choice(choices)
    return head.format(**action), random.choice(_LEADS) + body.format(**action) + random.choice(_TAILS)
