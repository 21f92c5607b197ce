namespace Forge.Core.Loop;

/// <summary>The figures of a run, over all its targets.</summary>
public sealed record RunSummary
{
    /// <summary>Figures by target.</summary>
    public required IReadOnlyList<TargetSummary> Targets { get; init; }

    /// <summary>Wall time of the run; where it was resumed, of its sessions without the time between them.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Findings over all targets.</summary>
    public int Findings => Targets.Sum(t => t.Items.Count);

    /// <summary>Items that ended in a state.</summary>
    public int Count(ItemState state) => Targets.Sum(t => t.Items.Count(i => i.Outcome == state));
}
