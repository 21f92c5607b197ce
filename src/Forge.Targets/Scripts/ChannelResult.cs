namespace Forge.Targets.Scripts;

/// <summary>How a script's channel ended.</summary>
/// <param name="Status">Status in the trailer; null where none came.</param>
/// <param name="TimedOut">The time limit ran out.</param>
/// <param name="SudoRefused">sudo did not let the script start; <paramref name="Error"/> is what it said.</param>
/// <param name="Error">Standard error.</param>
/// <param name="ErrorDropped">Bytes of standard error over the limit.</param>
/// <param name="Elapsed">Wall time.</param>
internal sealed record ChannelResult(int? Status, bool TimedOut, bool SudoRefused, string Error, long ErrorDropped, TimeSpan Elapsed)
{
    /// <summary>The far side said no to the session: nothing ran.</summary>
    public bool IsRefused { get; init; }
}
