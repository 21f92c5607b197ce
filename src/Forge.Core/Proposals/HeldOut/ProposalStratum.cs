using System.Globalization;
using Forge.Core.Comparison;
using Forge.Core.Statistics;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>A part of a comparison of hardening models: one family of actions, or one wording.</summary>
/// <param name="Name">The part.</param>
/// <param name="Rules">Rules in it, at least 1.</param>
/// <param name="Reference">Rules that the reference answered exactly.</param>
/// <param name="Difference">Rules that the difference answered exactly.</param>
/// <param name="OnlyReference">Rules that only the reference answered exactly.</param>
/// <param name="OnlyDifference">Rules that only the difference answered exactly.</param>
/// <param name="ChangeInterval">95 % interval of the difference of the shares, see <see cref="PairedDifferenceInterval"/>.</param>
/// <param name="PValue">McNemar's exact test, two-sided, 0 to 1, of this part alone.</param>
/// <param name="Verdict">What may be said of it. The p value is taken times the number of parts (Bonferroni), because one of many differs by luck.</param>
public sealed record ProposalStratum(
    string Name, int Rules, int Reference, int Difference, int OnlyReference, int OnlyDifference, Interval ChangeInterval, double PValue, ComparisonVerdict Verdict)
{
    /// <summary>Share in the difference less that in the reference, -1 to 1.</summary>
    public double Change => ((double)Difference - Reference) / Rules;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Reference} | {Difference} of {Rules} ({Change * 100:+0.0;-0.0;0.0} points, {ChangeInterval}; {ComparisonSentence.Words(Verdict)})");
}
