using Forge.Core.Comparison;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Models.Hardening;

/// <summary>The figures on which a decision rests.</summary>
/// <param name="Reference">Name of the model that it was compared with.</param>
/// <param name="Rules">Held-out rules compared.</param>
/// <param name="ReferenceExact">Rules that the reference answered exactly.</param>
/// <param name="Exact">Rules that the model answered exactly.</param>
/// <param name="OnlyReference">Rules that only the reference answered exactly.</param>
/// <param name="OnlyDifference">Rules that only the model answered exactly.</param>
/// <param name="Change">Difference of the shares, -1 to 1.</param>
/// <param name="Low">Lower limit of its 95 % interval.</param>
/// <param name="High">Upper limit.</param>
/// <param name="PValue">McNemar's exact test, two-sided.</param>
/// <param name="Verdict">What may be said.</param>
/// <param name="HeldOut">SHA-256 of the file with the held-out rules.</param>
public sealed record HardenerFigures(
    string Reference, int Rules, int ReferenceExact, int Exact, int OnlyReference, int OnlyDifference, double Change, double Low, double High, double PValue, ComparisonVerdict Verdict, string HeldOut)
{
    /// <summary>Those of a comparison.</summary>
    public static HardenerFigures Of(ProposalComparison comparison, HeldOutSet heldOut) => new(
        comparison.Reference.Name, comparison.Rules, comparison.Reference.Exact, comparison.Difference.Exact, comparison.OnlyReference, comparison.OnlyDifference,
        comparison.Change, comparison.ChangeInterval.Low, comparison.ChangeInterval.High, comparison.PValue, comparison.Verdict, heldOut.Digest);
}
