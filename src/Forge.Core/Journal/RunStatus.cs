namespace Forge.Core.Journal;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Its process is at work.</summary>
    Running,

    /// <summary>All that was asked holds.</summary>
    Succeeded,

    /// <summary>Finished; items are left.</summary>
    ItemsLeft,

    /// <summary>Stopped by the user; can be resumed.</summary>
    Stopped,

    /// <summary>Parked: waits for a decision or an approval.</summary>
    Parked,

    /// <summary>Ended by an error.</summary>
    Failed,

    /// <summary>A target was lost.</summary>
    TargetLost,

    /// <summary>Its process is gone without an end; can be resumed.</summary>
    Abandoned,
}
