namespace Forge.Core.Actions.Typed;

/// <summary>Makes the action of a proposal whose fields keep to the schema of its type.</summary>
internal static class ActionFactory
{
    public static TypedAction Make(string type, ProposalReader p) => type switch
    {
        "package" => new PackageAction { Arm = p.Arm, Summary = "", Name = p["name"], State = p["state"] },
        "service" => new ServiceAction { Arm = p.Arm, Summary = "", Name = p["name"], State = p["state"] },
        "set-config" => Setting(p["format"], p),
        "write-file" => new WriteFileAction { Arm = p.Arm, Summary = "", Path = p["path"], Content = p["content"], Mode = p.Optional("mode") },
        "set-mode" => new SetModeAction { Arm = p.Arm, Summary = "", Path = p["path"], Mode = p.Optional("mode"), Owner = p.Optional("owner"), Group = p.Optional("group") },
        "sysctl" => new SysctlAction { Arm = p.Arm, Summary = "", Key = p["key"], Value = p["value"] },
        "kernel-module" => new KernelModuleAction { Arm = p.Arm, Summary = "", Name = p["name"] },
        "mount-option" => new MountOptionAction { Arm = p.Arm, Summary = "", Point = p["point"], Option = p["option"] },
        "audit-rule" => new AuditRuleAction { Arm = p.Arm, Summary = "", Rule = p["rule"] },
        "user" => new UserAction { Arm = p.Arm, Summary = "", Name = p["name"], Property = p["property"], Value = p["value"] },
        "run-script" => new RunScriptAction { Arm = p.Arm, Summary = "", Script = p["script"] },
        _ => throw new InvalidOperationException($"the catalogue has a type {type} that nothing makes"),
    };

    private static SetConfigAction Setting(string format, ProposalReader p) => format switch
    {
        "sshd" => new SshdSetting { Arm = p.Arm, Summary = "", Key = p["key"], Value = p["value"], Match = p.Optional("match") },
        "key-value" => new KeyValueSetting { Arm = p.Arm, Summary = "", Path = p["file"], Key = p["key"], Value = p["value"], WithEquals = false },
        "key=value" => new KeyValueSetting { Arm = p.Arm, Summary = "", Path = p["file"], Key = p["key"], Value = p["value"], WithEquals = true },
        "ini" => new IniSetting { Arm = p.Arm, Summary = "", Path = p["file"], Section = p["section"], Key = p["key"], Value = p["value"] },
        "login.defs" => new LoginDefsSetting { Arm = p.Arm, Summary = "", Key = p["key"], Value = p["value"] },
        "sysctl" => new SysctlFileSetting { Arm = p.Arm, Summary = "", Path = p["file"], Key = p["key"], Value = p["value"] },
        "modprobe" => new ModprobeLine { Arm = p.Arm, Summary = "", Path = p["file"], Directive = p["directive"], Module = p["module"], Value = p.Optional("value") ?? "" },
        "pam" => new PamLine
        {
            Arm = p.Arm, Summary = "", Service = p["service"], Type = p["type"], Control = p["control"], Module = p["module"],
            Options = p.Optional("options") ?? "", Position = p.Optional("position") ?? "last",
        },
        "systemd-drop-in" => new SystemdDropIn { Arm = p.Arm, Summary = "", Unit = p["unit"], Section = p["section"], Key = p["key"], Value = p["value"] },
        "fstab-option" => new FstabOption { Arm = p.Arm, Summary = "", Point = p["point"], Option = p["option"] },
        _ => throw new InvalidOperationException($"the catalogue has a format {format} that nothing makes"),
    };
}
