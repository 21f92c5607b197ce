using Forge.Core.Operations;

namespace Forge.Store.Index;

/// <summary>One change of a run as the index knows it.</summary>
public sealed record IndexedOperation
{
    /// <summary>Run.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the operation.</summary>
    public required string OperationId { get; init; }

    /// <summary>Target.</summary>
    public required string Target { get; init; }

    /// <summary>Item; null for a change of the run itself.</summary>
    public string? Item { get; init; }

    /// <summary>Attempt, from 1; 0 for a change of the run itself.</summary>
    public int Attempt { get; init; }

    /// <summary>Step within the attempt.</summary>
    public required string Step { get; init; }

    /// <summary>Fencing epoch.</summary>
    public long Epoch { get; init; }

    /// <summary>When its intent was written, UTC.</summary>
    public DateTimeOffset IntendedAt { get; init; }

    /// <summary>When its result was written, UTC; null where there is none.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the host said of it; null where there is no result.</summary>
    public OperationState? State { get; init; }

    /// <summary>Exit code; null where there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether an undo restored the state before; null where none was tried.</summary>
    public bool? Restored { get; init; }
}
