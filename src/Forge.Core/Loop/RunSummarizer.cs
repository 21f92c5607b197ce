using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Computes the figures of a run from its ledgers. Pure.</summary>
public static class RunSummarizer
{
    /// <summary>The figures.</summary>
    /// <param name="ledgers">A ledger for each target.</param>
    /// <param name="walls">Wall time by target, of this session; that of earlier ones is in the ledgers.</param>
    /// <param name="elapsed">Wall time of this session.</param>
    /// <param name="earlier">Wall time of the run's earlier sessions.</param>
    public static RunSummary Summarize(
        IReadOnlyCollection<TargetLedger> ledgers, IReadOnlyDictionary<string, TimeSpan> walls, TimeSpan elapsed, TimeSpan earlier) => new()
    {
        Elapsed = elapsed + earlier,
        Targets = [.. ledgers.Select(l => Summarize(l, walls.GetValueOrDefault(l.Target, elapsed)))],
    };

    /// <summary>How a run ended, and why.</summary>
    public static (RunStatus Status, string Reason) Judge(
        RunSummary summary, IEnumerable<TargetLedger> ledgers, IReadOnlyDictionary<string, ForgeException> faults, bool stopped)
    {
        if (stopped)
        {
            return (RunStatus.Stopped, "stopped by the user; Resume-ForgeRun goes on");
        }

        if (faults.Count > 0)
        {
            var lost = faults.Values.Any(f => f.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout or ForgeErrorKind.Denied);
            return (lost ? RunStatus.TargetLost : RunStatus.Failed, string.Join(" ", faults.Values.Select(f => f.Message)));
        }

        if (ledgers.FirstOrDefault(l => l.Parked.Length > 0) is { } parked)
        {
            return (RunStatus.Failed, parked.Parked);
        }

        if (ledgers.All(l => l.Items.All(i => i.Result is null)) && ledgers.Any(l => l.Items.Count > 0))
        {
            return (RunStatus.Succeeded, $"scan only: {ledgers.Sum(l => l.Items.Count)} findings");
        }

        var left = summary.Targets.Sum(t => t.Items.Count(i => i.Outcome is not (ItemState.Remediated or ItemState.AlreadyPassing or ItemState.NotApplicable or ItemState.Waived)));
        if (left == 0)
        {
            return (RunStatus.Succeeded, "");
        }

        var decisions = summary.Count(ItemState.NeedsDecision);
        return decisions == left ? (RunStatus.Parked, $"{decisions} items need a decision") : (RunStatus.ItemsLeft, $"{left} items are left");
    }

    private static TargetSummary Summarize(TargetLedger ledger, TimeSpan wall) => new()
    {
        Target = ledger.Target,
        Before = ledger.Before?.Counts ?? new ScanCounts(0, 0, 0, 0, 0),
        After = ledger.Scans > 1 ? ledger.LastScan!.Counts : !ledger.AllKept.Any() ? ledger.LastScan?.Counts : null,
        Items = [.. ledger.Items.Where(i => i.Result is not null).Select(i => i.Result!)],
        Regressions = [.. ledger.Regressions],
        FalseSuccesses = ledger.Scans < 2 ? 0 : ledger.Items.Count(i =>
            i.State == ItemState.Remediated && ledger.LastScan!.Verdicts.TryGetValue(i.Finding.Id, out var last) && last != VerdictKind.Pass),
        Reboots = ledger.Reboots,
        Split = ledger.Time.Split(wall + ledger.Time.Earlier),
        ModelTokens = ledger.Time.Tokens,
        Platform = ledger.Facts?.Platform ?? "",
        Provenance = ledger.LastScan?.Provenance ?? new Dictionary<string, string>(),
    };
}
