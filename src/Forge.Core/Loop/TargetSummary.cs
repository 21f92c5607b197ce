namespace Forge.Core.Loop;

/// <summary>The figures of a run on one target.</summary>
public sealed record TargetSummary
{
    /// <summary>Target.</summary>
    public required string Target { get; init; }

    /// <summary>The first full scan.</summary>
    public required ScanCounts Before { get; init; }

    /// <summary>The full scan after the last reboot; null where the run did not get there.</summary>
    public ScanCounts? After { get; init; }

    /// <summary>Every item with how it ended.</summary>
    public required IReadOnlyList<ItemResult> Items { get; init; }

    /// <summary>Items that passed before and fail after, with the item that caused it.</summary>
    public IReadOnlyList<Regression> Regressions { get; init; } = [];

    /// <summary>
    /// Items that the report calls remediated and the last full scan does not confirm. What a scan showed to be lost after a reboot is no longer called
    /// remediated: it is escalated with that failure mode.
    /// </summary>
    public int FalseSuccesses { get; init; }

    /// <summary>Reboots made and proven.</summary>
    public int Reboots { get; init; }

    /// <summary>Where the time went.</summary>
    public TimeSplit Split { get; init; } = new();

    /// <summary>Tokens that models read and wrote, the small model's with them.</summary>
    public long ModelTokens { get; init; }

    /// <summary>Platform of the target, see <see cref="Targets.HostFacts.Platform"/>.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Content, profile and scanner with versions.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>();

    /// <summary>Share of all findings that were remediated, 0 to 1; null where there were none.</summary>
    public double? RateOfAll => Items.Count == 0 ? null : (double)Items.Count(i => i.Outcome == ItemState.Remediated) / Items.Count;

    /// <summary>Share of the attempted findings that were remediated, 0 to 1; null where none was attempted.</summary>
    public double? RateOfAttempted => Items.All(i => i.Attempts == 0) ? null : (double)Items.Count(i => i.Outcome == ItemState.Remediated) / Items.Count(i => i.Attempts > 0);
}
