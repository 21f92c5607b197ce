using Forge.Core.Statistics;

namespace Forge.Core.Comparison;

/// <summary>Runs compared with other runs, paired by item. An item counts once, however often it ran: see docs/decisions/0007.</summary>
public sealed record RunComparison
{
    /// <summary>What may be said of the difference runs: better or worse only where the p value is below 0.05 and the interval leaves out 0.</summary>
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>The verdict in plain words, with the figures that it rests on.</summary>
    public required string Sentence { get; init; }

    /// <summary>What is compared against.</summary>
    public required ComparedSide Reference { get; init; }

    /// <summary>What is compared.</summary>
    public required ComparedSide Difference { get; init; }

    /// <summary>Items that both sides had.</summary>
    public required int Pairs { get; init; }

    /// <summary>Fixed on both sides.</summary>
    public required int Both { get; init; }

    /// <summary>Fixed in the reference alone.</summary>
    public required int OnlyReference { get; init; }

    /// <summary>Fixed in the difference alone.</summary>
    public required int OnlyDifference { get; init; }

    /// <summary>Fixed on neither side.</summary>
    public required int Neither { get; init; }

    /// <summary>Rate of all in the difference less that in the reference, -1 to 1.</summary>
    public required double Change { get; init; }

    /// <summary>95 % interval of <see cref="Change"/>, see <see cref="PairedDifferenceInterval"/>.</summary>
    public required Interval ChangeInterval { get; init; }

    /// <summary>McNemar's exact test, two-sided, see <see cref="ExactSignTest"/>; 0 to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>Time an item; null where no item was attempted on both sides.</summary>
    public ItemTimes? Time { get; init; }

    /// <summary>The items that one side fixed and the other did not.</summary>
    public required IReadOnlyList<PairedItem> Disagreements { get; init; }

    /// <summary>What could not be compared, and why.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>What else differs between the sides (content, profile, parameters, version of Forge): <c>name: reference | difference</c>.</summary>
    public required IReadOnlyList<string> Circumstances { get; init; }
}
