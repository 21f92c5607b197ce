using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>A run as its record and journal tell it, sorted for readers.</summary>
internal sealed record RunStory
{
    /// <summary>What was asked and how it ended.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>Figures of the record; of the journal so far where the run has none yet.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>Whether <see cref="Summary"/> is the run's own final one.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>The targets, in the order of the run.</summary>
    public required IReadOnlyList<TargetStory> Targets { get; init; }

    /// <summary>What was noted for the run as a whole.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
