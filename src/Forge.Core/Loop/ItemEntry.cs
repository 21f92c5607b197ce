using Forge.Core.Findings;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>What the ledger knows of one item.</summary>
public sealed class ItemEntry
{
    /// <summary>The finding.</summary>
    public required Finding Finding { get; set; }

    /// <summary>Where it stands.</summary>
    public ItemState State { get; set; } = ItemState.Queued;

    /// <summary>Last result; null while there is none.</summary>
    public ItemResult? Result { get; set; }

    /// <summary>Attempts begun in this run.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempt that was begun and has not ended: after a crash it is taken up again under the same operation id. 0 for none.</summary>
    public int OpenAttempt { get; set; }

    /// <summary>Kept changes, last one last.</summary>
    public List<KeptOperation> Kept { get; } = [];

    /// <summary>Why earlier attempts did not hold, oldest first.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Value of the ledger's count of kept changes when it was tried last: nothing new, no new attempt.</summary>
    public int TriedAtChange { get; set; } = -1;

    /// <summary>Whether another attempt could end better after other items changed.</summary>
    public bool IsRetryable => State == ItemState.Escalated && Result?.FailureMode is
        FailureMode.EvaluatorGap or FailureMode.CleanFailure or FailureMode.FalseSuccess or FailureMode.PackageConflict or FailureMode.LostAfterReboot;
}
