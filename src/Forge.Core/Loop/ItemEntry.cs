using Forge.Core.Findings;
using Forge.Core.Operations;
using Forge.Core.Thinking;

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

    /// <summary>Batch of that attempt; null where it was made alone.</summary>
    public string? OpenBatch { get; set; }

    /// <summary>How often a batch ended without a judgement of it, because it was taken back with others or never ran: it is then tried alone.</summary>
    public int UnjudgedInBatch { get; set; }

    /// <summary>Kept changes, last one last.</summary>
    public List<KeptOperation> Kept { get; } = [];

    /// <summary>Why earlier attempts did not hold, oldest first.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>What models did on it.</summary>
    public ThoughtLog Thinking { get; } = new();

    /// <summary>Line of the journal at which it was tried last: nothing new since then that it could depend on, no new attempt.</summary>
    public long TriedAt { get; set; } = -1;

    /// <summary>Whether another attempt could end better after other items changed.</summary>
    public bool IsRetryable => State == ItemState.Escalated && Result?.FailureMode is
        FailureMode.EvaluatorGap or FailureMode.CleanFailure or FailureMode.FalseSuccess or FailureMode.PackageConflict or FailureMode.LostAfterReboot;
}
