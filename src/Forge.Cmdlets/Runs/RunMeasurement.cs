using Forge.Core.Loop;

namespace Forge.Cmdlets.Runs;

/// <summary>The figures of a run on one target.</summary>
/// <param name="runId">Run.</param>
/// <param name="summary">Figures.</param>
public sealed class RunMeasurement(string runId, TargetSummary summary)
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

    /// <summary>Share of those attempted, 0 to 1; null where none was.</summary>
    public double? RateOfAttempted => summary.RateOfAttempted;

    /// <summary>Failing before.</summary>
    public int FailingBefore => summary.Before.Fail;

    /// <summary>Failing after the last reboot; null where the run did not get there.</summary>
    public int? FailingAfter => summary.After?.Fail;

    /// <summary>Items by outcome.</summary>
    public IReadOnlyDictionary<string, int> ByOutcome => summary.Items.GroupBy(i => i.Outcome.ToString()).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>Items fixed, by the arm that fixed them.</summary>
    public IReadOnlyDictionary<string, int> ByArm => summary.Items.Where(i => i.Outcome == ItemState.Remediated).GroupBy(i => i.Arm).ToDictionary(g => g.Key, g => g.Count());

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
}
