using Forge.Core.Comparison;
using Forge.Core.Statistics;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>Two hardening models compared over the same held-out rules, paired by rule.</summary>
public sealed record ProposalComparison
{
    /// <summary>What may be said of the difference: better or worse only where the p value is below 0.05 and the interval leaves out 0.</summary>
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>The verdict in plain words, with the figures that it rests on.</summary>
    public required string Sentence { get; init; }

    /// <summary>What is compared against.</summary>
    public required ProposalSide Reference { get; init; }

    /// <summary>What is compared.</summary>
    public required ProposalSide Difference { get; init; }

    /// <summary>Rules compared.</summary>
    public required int Rules { get; init; }

    /// <summary>Texts of these rules; a rule counts once, as most of its texts.</summary>
    public required int Texts { get; init; }

    /// <summary>Exact on both sides.</summary>
    public required int Both { get; init; }

    /// <summary>Exact in the reference alone.</summary>
    public required int OnlyReference { get; init; }

    /// <summary>Exact in the difference alone.</summary>
    public required int OnlyDifference { get; init; }

    /// <summary>Exact on neither side.</summary>
    public required int Neither { get; init; }

    /// <summary>Share of the difference less that of the reference, -1 to 1.</summary>
    public required double Change { get; init; }

    /// <summary>95 % interval of <see cref="Change"/>, see <see cref="PairedDifferenceInterval"/>.</summary>
    public required Interval ChangeInterval { get; init; }

    /// <summary>McNemar's exact test, two-sided, see <see cref="ExactSignTest"/>; 0 to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>By family of actions, the largest first.</summary>
    public required IReadOnlyList<ProposalStratum> ByFamily { get; init; }

    /// <summary>By wording.</summary>
    public required IReadOnlyList<ProposalStratum> ByWording { get; init; }

    /// <summary>The rules that one side answered exactly and the other did not.</summary>
    public required IReadOnlyList<RuleAnswers> Disagreements { get; init; }
}
