namespace Forge.Core.Loop;

/// <summary>Where an item stands; the last seven are final.</summary>
public enum ItemState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Waits for another item.</summary>
    Blocked,

    /// <summary>Being worked on.</summary>
    Active,

    /// <summary>Changed; its verdict can come only after a reboot or a later item.</summary>
    Deferred,

    /// <summary>Fixed, and verified from outside.</summary>
    Remediated,

    /// <summary>Passed without a change by us: an earlier item or a reboot brought it.</summary>
    AlreadyPassing,

    /// <summary>Left as it is on purpose, with a reason.</summary>
    Waived,

    /// <summary>Needs something that only the user can decide.</summary>
    NeedsDecision,

    /// <summary>Tried and given up, with the failure mode; undone.</summary>
    Escalated,

    /// <summary>Not tried, with a reason (budget, policy, a fault of the whole target).</summary>
    Skipped,

    /// <summary>Does not apply to this machine any more.</summary>
    NotApplicable,
}
