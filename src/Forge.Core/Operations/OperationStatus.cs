namespace Forge.Core.Operations;

/// <summary>State and result of an operation, as the host reports it.</summary>
public sealed record OperationStatus
{
    /// <summary>The operation.</summary>
    public required OperationId Id { get; init; }

    /// <summary>What the host knows of it.</summary>
    public required OperationState State { get; init; }

    /// <summary>Exit code of the script; null unless it ended by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Signal that ended it; null where none did.</summary>
    public string? Signal { get; init; }

    /// <summary>The host's time limit ended it.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Standard output, bounded.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error, bounded.</summary>
    public string Error { get; init; } = "";

    /// <summary>Time the script ran.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the host saw change, recorded after the script ended.</summary>
    public HostChanges Changes { get; init; } = HostChanges.None;

    /// <summary>True only where the script ended by itself with exit code 0.</summary>
    public bool Succeeded => State == OperationState.Completed && ExitCode == 0 && Signal is null && !TimedOut;
}
