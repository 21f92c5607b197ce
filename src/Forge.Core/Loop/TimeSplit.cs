namespace Forge.Core.Loop;

/// <summary>Where the time of a run on one target went.</summary>
public sealed record TimeSplit
{
    /// <summary>The scanner: full scans and verifications.</summary>
    public TimeSpan Scanner { get; init; }

    /// <summary>The target: changes, undo, probes, checkpoints.</summary>
    public TimeSpan Target { get; init; }

    /// <summary>Reboots, from the command until the new login.</summary>
    public TimeSpan Reboot { get; init; }

    /// <summary>The model.</summary>
    public TimeSpan Model { get; init; }

    /// <summary>Everything else: Forge itself.</summary>
    public TimeSpan Harness { get; init; }
}
