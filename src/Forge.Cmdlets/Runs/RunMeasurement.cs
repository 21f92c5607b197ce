using Forge.Core.Loop;
using Forge.Core.Statistics;

namespace Forge.Cmdlets.Runs;

/// <summary>The figures of a run on one target.</summary>
/// <param name="runId">Run.</param>
/// <param name="summary">Figures.</param>
/// <param name="costPerHour">Price of one hour; null where none was given.</param>
public sealed class RunMeasurement(string runId, TargetSummary summary, decimal? costPerHour)
{
    /// <summary>Run.</summary>
    public string RunId => runId;

    /// <summary>Target.</summary>
    public string Target => summary.Target;

    /// <summary>Findings of the first scan and those that came up later.</summary>
    public int Findings => summary.Items.Count;

    /// <summary>Items with at least one attempt.</summary>
    public int Attempted => summary.Items.Count(i => i.Attempts > 0);

    /// <summary>Items fixed and verified.</summary>
    public int Remediated => summary.Items.Count(i => i.Outcome == ItemState.Remediated);

    /// <summary>Share of all findings, 0 to 1; null where there were none.</summary>
    public double? RateOfAll => summary.RateOfAll;

    /// <summary>95 % interval of <see cref="RateOfAll"/> (Wilson); null where there were none.</summary>
    public Interval? RateOfAllInterval => Findings == 0 ? null : WilsonInterval.Of(Remediated, Findings);

    /// <summary>Share of those attempted, 0 to 1; null where none was.</summary>
    public double? RateOfAttempted => summary.RateOfAttempted;

    /// <summary>95 % interval of <see cref="RateOfAttempted"/> (Wilson); null where none was attempted.</summary>
    public Interval? RateOfAttemptedInterval => Attempted == 0 ? null : WilsonInterval.Of(Math.Min(Remediated, Attempted), Attempted);

    /// <summary>Failing before.</summary>
    public int FailingBefore => summary.Before.Fail;

    /// <summary>Failing after the last reboot; null where the run did not get there.</summary>
    public int? FailingAfter => summary.After?.Fail;

    /// <summary>Items by outcome.</summary>
    public IReadOnlyDictionary<string, int> ByOutcome => summary.Items.GroupBy(i => i.Outcome.ToString()).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>Figures by arm, over the items that were attempted; <c>none</c> where no arm is to be credited in the end.</summary>
    public IReadOnlyList<ArmFigures> ByArm =>
        [.. summary.Items.Where(i => i.Attempts > 0).GroupBy(i => i.Arm.Length > 0 ? i.Arm : "none").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ArmFigures(g.Key, [.. g]))];

    /// <summary>Items by how many attempts were made on them, fewest first.</summary>
    public IReadOnlyList<AttemptsFigures> ByAttempts =>
        [.. summary.Items.GroupBy(i => i.Attempts).OrderBy(g => g.Key).Select(g => new AttemptsFigures(g.Key, g.Count(), g.Count(i => i.Outcome == ItemState.Remediated)))];

    /// <summary>Attempts over all items.</summary>
    public int Attempts => summary.Items.Sum(i => i.Attempts);

    /// <summary>Passed before, fail after.</summary>
    public int Regressions => summary.Regressions.Count;

    /// <summary>Called remediated, not confirmed.</summary>
    public int FalseSuccesses => summary.FalseSuccesses;

    /// <summary>Reboots made and proven.</summary>
    public int Reboots => summary.Reboots;

    /// <summary>Where the time went.</summary>
    public TimeSplit Split => summary.Split;

    /// <summary>What it cost.</summary>
    public RunCost Cost => new(summary.Split, summary.ModelTokens, costPerHour);
}
