using Forge.Core.Operations;

namespace Forge.Core.Journal;

/// <summary>After a change: what became of it.</summary>
/// <param name="OperationId">Name of the operation.</param>
/// <param name="State">What the host says.</param>
/// <param name="ExitCode">Exit code; null where there is none.</param>
/// <param name="Signal">Signal; null where there is none.</param>
/// <param name="TimedOut">Whether the host's time limit ended it.</param>
/// <param name="Output">Blob with standard output; null where it was empty.</param>
/// <param name="Error">Blob with standard error; null where it was empty.</param>
/// <param name="Seconds">Time that the script ran, seconds.</param>
/// <param name="Changes">What the host saw change.</param>
public sealed record ResultWritten(
    string OperationId,
    OperationState State,
    int? ExitCode,
    string? Signal,
    bool TimedOut,
    string? Output,
    string? Error,
    double Seconds,
    HostChanges Changes) : ForgeEvent;
