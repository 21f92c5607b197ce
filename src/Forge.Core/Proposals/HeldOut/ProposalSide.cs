using System.Globalization;
using Forge.Core.Statistics;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>One side of a comparison of hardening models.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Exact">Rules answered exactly.</param>
/// <param name="Rules">Rules compared, at least 1.</param>
/// <param name="Proposed">Texts for which it made a proposal at all.</param>
/// <param name="SecondsEach">Median time of an answer, seconds; described, not tested.</param>
public sealed record ProposalSide(string Name, int Exact, int Rules, int Proposed, double SecondsEach)
{
    /// <summary>Share of the rules answered exactly, 0 to 1.</summary>
    public double Rate => (double)Exact / Rules;

    /// <summary>95 % interval of <see cref="Rate"/> (Wilson).</summary>
    public Interval RateInterval => WilsonInterval.Of(Exact, Rules);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Exact} of {Rules} exact ({Rate * 100:0.0} %, {RateInterval}), {SecondsEach * 1000:0.0} ms an answer");
}
