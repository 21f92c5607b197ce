namespace Forge.Core.Actions;

/// <summary>What an action can do to a machine; ordered from harmless to grave.</summary>
public enum ActionRisk
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>Can be taken back by the host's file journal.</summary>
    Reversible,

    /// <summary>Can stop or restart a service that somebody uses.</summary>
    ServiceAffecting,

    /// <summary>Can lock the administrator out (ssh, sudo, PAM, firewall, mounts, boot loader): needs an outside checkpoint or a dead-man revert.</summary>
    LockoutCapable,

    /// <summary>Cannot be taken back: needs an approval bound to the exact bytes.</summary>
    Irreversible,
}
