using System.Globalization;
using Forge.Core.Statistics;

namespace Forge.Core.Comparison;

/// <summary>One side of a comparison: its figures over the items that both sides had.</summary>
public sealed record ComparedSide
{
    /// <summary>Ids of its runs, oldest first.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Those of its runs that a fault ended, so that they have not reached every item.</summary>
    public IReadOnlyList<string> CutShort { get; init; } = [];

    /// <summary>Items compared: the first denominator.</summary>
    public required int Items { get; init; }

    /// <summary>Items that were attempted: the second denominator.</summary>
    public required int Attempted { get; init; }

    /// <summary>Items fixed: remediated, or passing at the end because another fix or a reboot brought it.</summary>
    public required int Fixed { get; init; }

    /// <summary>Items fixed among those attempted.</summary>
    public required int FixedOfAttempted { get; init; }

    /// <summary>Items of its runs, compared or not, that passed before and fail after.</summary>
    public required int Regressions { get; init; }

    /// <summary>Items of its runs that are called remediated and that the last scan does not confirm.</summary>
    public required int FalseSuccesses { get; init; }

    /// <summary>Share of all compared items that were fixed, 0 to 1.</summary>
    public double RateOfAll => (double)Fixed / Items;

    /// <summary>95 % interval of <see cref="RateOfAll"/> (Wilson).</summary>
    public Interval RateOfAllInterval => WilsonInterval.Of(Fixed, Items);

    /// <summary>Share of the attempted items that were fixed, 0 to 1; null where none was attempted.</summary>
    public double? RateOfAttempted => Attempted == 0 ? null : (double)FixedOfAttempted / Attempted;

    /// <summary>95 % interval of <see cref="RateOfAttempted"/> (Wilson); null where none was attempted.</summary>
    public Interval? RateOfAttemptedInterval => Attempted == 0 ? null : WilsonInterval.Of(FixedOfAttempted, Attempted);

    /// <inheritdoc/>
    public override string ToString()
    {
        var attempted = RateOfAttempted is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{FixedOfAttempted} of {Attempted} attempted ({rate * 100:0.0} %, {RateOfAttemptedInterval})")
            : "none attempted";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(Runs.Count == 1 ? Runs[0] : $"{Runs.Count} runs")}: {Fixed} of {Items} fixed ({RateOfAll * 100:0.0} %, {RateOfAllInterval}), {attempted}")
            + (Regressions == 0 ? "" : $", {Regressions} regressions") + (FalseSuccesses == 0 ? "" : $", {FalseSuccesses} not confirmed by the last scan");
    }
}
