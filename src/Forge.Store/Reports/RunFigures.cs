using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>Figures of a run over all its targets.</summary>
public sealed record RunFigures
{
    /// <summary>Adds the targets of a run up.</summary>
    public static RunFigures Of(RunSummary summary)
    {
        var items = summary.Targets.SelectMany(t => t.Items).ToList();
        return new()
        {
            Targets = summary.Targets.Count,
            Before = Sum(summary.Targets.Select(t => t.Before)),
            After = summary.Targets.Count > 0 && summary.Targets.All(t => t.After is not null) ? Sum(summary.Targets.Select(t => t.After!)) : null,
            Findings = items.Count,
            Attempted = items.Count(i => i.Attempts > 0),
            Remediated = items.Count(i => i.Outcome == ItemState.Remediated),
            NeedDecision = items.Count(i => i.Outcome == ItemState.NeedsDecision),
            Regressions = summary.Targets.Sum(t => t.Regressions.Count),
            FalseSuccesses = summary.Targets.Sum(t => t.FalseSuccesses),
            Reboots = summary.Targets.Sum(t => t.Reboots),
            ModelTokens = summary.Targets.Sum(t => t.ModelTokens),
            Elapsed = summary.Elapsed,
            Split = new()
            {
                Scanner = Sum(summary, s => s.Scanner),
                Target = Sum(summary, s => s.Target),
                Reboot = Sum(summary, s => s.Reboot),
                Model = Sum(summary, s => s.Model),
                Harness = Sum(summary, s => s.Harness),
            },
        };
    }

    /// <summary>Number of targets.</summary>
    public required int Targets { get; init; }

    /// <summary>First scans, added up.</summary>
    public required ScanCounts Before { get; init; }

    /// <summary>Last scans after the last reboots, added up; null where one of them is missing.</summary>
    public required ScanCounts? After { get; init; }

    /// <summary>Findings.</summary>
    public required int Findings { get; init; }

    /// <summary>Findings with at least one attempt.</summary>
    public required int Attempted { get; init; }

    /// <summary>Findings remediated.</summary>
    public required int Remediated { get; init; }

    /// <summary>Findings that need a decision.</summary>
    public required int NeedDecision { get; init; }

    /// <summary>Tokens that models read and wrote.</summary>
    public long ModelTokens { get; init; }

    /// <summary>Items that passed before and fail after.</summary>
    public required int Regressions { get; init; }

    /// <summary>Items called remediated that the last scan does not confirm.</summary>
    public required int FalseSuccesses { get; init; }

    /// <summary>Reboots.</summary>
    public required int Reboots { get; init; }

    /// <summary>Wall time of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Where the time went, added up over targets; with several targets side by side more than the wall time.</summary>
    public required TimeSplit Split { get; init; }

    /// <summary>Share of all findings that were remediated, 0 to 1; null where there were none.</summary>
    public double? RateOfAll => Findings == 0 ? null : (double)Remediated / Findings;

    /// <summary>Share of the attempted findings that were remediated, 0 to 1; null where none was attempted.</summary>
    public double? RateOfAttempted => Attempted == 0 ? null : (double)Remediated / Attempted;

    private static TimeSpan Sum(RunSummary summary, Func<TimeSplit, TimeSpan> part) =>
        summary.Targets.Aggregate(TimeSpan.Zero, (sum, target) => sum + part(target.Split));

    private static ScanCounts Sum(IEnumerable<ScanCounts> counts) =>
        counts.Aggregate(
            new ScanCounts(0, 0, 0, 0, 0),
            (a, b) => new(a.Pass + b.Pass, a.Fail + b.Fail, a.NotApplicable + b.NotApplicable, a.NotChecked + b.NotChecked, a.Error + b.Error));
}
