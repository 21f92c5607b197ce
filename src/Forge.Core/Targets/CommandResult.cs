namespace Forge.Core.Targets;

/// <summary>What became of a command.</summary>
public sealed record CommandResult
{
    /// <summary>Exit code, 0 to 255; null where the command was ended by a signal, timed out or the connection was lost.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Name of the signal that ended it, for example <c>KILL</c>; null where none did.</summary>
    public string? Signal { get; init; }

    /// <summary>The time limit ran out.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The connection broke before the result was known.</summary>
    public bool ConnectionLost { get; init; }

    /// <summary>Standard output as UTF-8, at most the limit.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error as UTF-8, at most the limit.</summary>
    public string Error { get; init; } = "";

    /// <summary>Bytes of standard output that were dropped over the limit.</summary>
    public long OutputDropped { get; init; }

    /// <summary>Bytes of standard error that were dropped over the limit.</summary>
    public long ErrorDropped { get; init; }

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>True only for exit code 0 with nothing in the way; a signal is a failure.</summary>
    public bool Succeeded => ExitCode == 0 && Signal is null && !TimedOut && !ConnectionLost;
}
