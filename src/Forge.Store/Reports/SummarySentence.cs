using System.Globalization;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>
/// The sentence with which a run ends, on the terminal and at the head of every report: both denominators, what is left, where the time went.
/// </summary>
public static class SummarySentence
{
    /// <summary>The sentence in two lines, a third with the reason where the run did not finish, and one with the report where there is one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="summary">Its figures.</param>
    /// <param name="reportPath">Path of the report; null for none.</param>
    public static string Of(RunRecord run, RunSummary summary, string? reportPath = null) => string.Join('\n', Lines(run, summary, reportPath));

    /// <summary>As <see cref="Of"/>, line by line.</summary>
    public static IReadOnlyList<string> Lines(RunRecord run, RunSummary summary, string? reportPath = null)
    {
        var figures = RunFigures.Of(summary);
        var lines = new List<string>
        {
            $"Run {run.Id}: {Count(figures.Findings, "finding", "findings")}, {figures.Remediated} remediated{Rates(figures)}, "
            + $"{Count(figures.NeedDecision, "needs a decision", "need a decision")}, {Count(figures.Regressions, "regression", "regressions")},"
            + (figures.FalseSuccesses == 0 ? "" : $" {Count(figures.FalseSuccesses, "false success", "false successes")},"),
            $"{Reboots(figures.Reboots)}, {Verified(figures)}. {Clock(figures.Elapsed)} ({Split(figures)}).",
        };
        if (run.Status is not (RunStatus.Succeeded or RunStatus.ItemsLeft))
        {
            lines.Add(run.Reason.Length == 0 ? $"{Status(run.Status)}." : $"{Status(run.Status)}: {run.Reason.TrimEnd('.')}.");
        }

        if (reportPath is not null)
        {
            lines.Add("Report: " + reportPath);
        }

        return lines;
    }

    /// <summary>Minutes and seconds, with hours from one hour on: <c>6:02</c>, <c>1:06:02</c>.</summary>
    public static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return hours > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{rest:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes}:{rest:00}");
    }

    /// <summary>A share in percent with one decimal: <c>83.6 %</c>. Never rounded up to 100 or down to 0 where it is not.</summary>
    public static string Percent(double share)
    {
        var rounded = Math.Round(share * 100, 1, MidpointRounding.AwayFromZero);
        var honest = (rounded >= 100 && share < 1) ? 99.9 : (rounded <= 0 && share > 0) ? 0.1 : rounded;
        return string.Create(CultureInfo.InvariantCulture, $"{honest:0.0} %");
    }

    private static string Rates(RunFigures figures) => (figures.RateOfAll, figures.RateOfAttempted) switch
    {
        (null, _) => "",
        ({ } all, null) => $" ({Percent(all)} of all, none attempted)",
        ({ } all, { } attempted) => $" ({Percent(all)} of all, {Percent(attempted)} of attempted)",
    };

    private static string Reboots(int count) => count switch
    {
        0 => "not rebooted",
        1 => "rebooted once",
        2 => "rebooted twice",
        _ => $"rebooted {count} times",
    };

    private static string Verified(RunFigures figures) => (figures.After, figures.Reboots) switch
    {
        (null, _) => "not verified by a last full scan",
        (_, 0) => "verified from outside by a last full scan",
        _ => "verified from outside after the last boot",
    };

    private static string Split(RunFigures figures)
    {
        var split = figures.Split;
        var parts = $"scanner {Clock(split.Scanner)}, target {Clock(split.Target)}, reboot {Clock(split.Reboot)}, "
            + $"model {Clock(split.Model)}, harness {Clock(split.Harness)}";
        return figures.Targets > 1 ? $"over {figures.Targets} targets: {parts}" : parts;
    }

    private static string Status(RunStatus status) => status switch
    {
        RunStatus.TargetLost => "A target was lost",
        RunStatus.Running => "Still running",
        _ => status.ToString(),
    };

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
