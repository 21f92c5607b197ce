using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Settles items by what scans show, not by what attempts claimed.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="attempts">Writes states.</param>
public sealed class Settlement(TargetContext context, AttemptRunner attempts)
{
    private TargetLedger Ledger => context.Ledger;

    /// <summary>Whether an item passes by now without a change of its own: an earlier item's verification saw it.</summary>
    public async Task<bool> PassesAlreadyAsync(ItemEntry entry)
    {
        var verdict = Ledger.Verdicts.GetValueOrDefault(entry.Finding.Id, VerdictKind.Fail);
        if (entry.OpenAttempt > 0 || verdict is not (VerdictKind.Pass or VerdictKind.NotApplicable))
        {
            return false;
        }

        await EndByVerdictAsync(entry, verdict);
        return true;
    }

    /// <summary>Brings items in line with a full scan: deferred ones that hold, remediated ones that do not, regressions with their cause.</summary>
    public async Task CompareAsync(ScanReport report, CancellationToken cancellationToken)
    {
        await SettleItemsAsync(report.Verdicts);
        foreach (var (id, before) in Ledger.Before!.Verdicts)
        {
            if (before == VerdictKind.Pass && !Ledger.Losers.ContainsKey(id) && report.Verdicts.TryGetValue(id, out var now) && now.Kind is VerdictKind.Fail or VerdictKind.Error)
            {
                await context.Scribe.WriteAsync(new RegressionFound(CauseOf(id), false), id, true, cancellationToken);
            }
        }
    }

    /// <summary>Brings items in line with verdicts.</summary>
    public async Task SettleItemsAsync(IReadOnlyDictionary<string, Verdict> verdicts)
    {
        foreach (var entry in Ledger.Items.ToList())
        {
            if (!verdicts.TryGetValue(entry.Finding.Id, out var verdict))
            {
                continue;
            }

            // An attempt that a crash left open is taken up by itself; what waits for a reboot is not judged before there was one.
            if (entry.OpenAttempt > 0 || (entry.State == ItemState.Deferred && Ledger.ChangesSinceReboot > 0 && !verdict.Passed))
            {
                continue;
            }

            if ((verdict.Kind == VerdictKind.Pass && entry.State != ItemState.Remediated) || (verdict.Kind == VerdictKind.NotApplicable && entry.State != ItemState.NotApplicable))
            {
                await EndByVerdictAsync(entry, verdict.Kind);
            }
            else if (verdict.Kind is not (VerdictKind.Pass or VerdictKind.NotApplicable) && entry.State is ItemState.Remediated or ItemState.Deferred or ItemState.AlreadyPassing or ItemState.NotApplicable)
            {
                await LoseAsync(entry, verdict);
            }
        }
    }

    /// <summary>At the end of a run nothing is left without a state and a reason.</summary>
    public async Task SettleAsync(bool budgetSpent, CancellationToken cancellationToken)
    {
        foreach (var entry in Ledger.Items.Where(i => i.State is ItemState.Queued or ItemState.Active or ItemState.Blocked).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = Ledger.Parked.Length > 0
                ? new AttemptOutcome(ItemState.Skipped, FailureMode.TargetLost, $"the target is parked: {Ledger.Parked}")
                : budgetSpent
                    ? new AttemptOutcome(ItemState.Skipped, FailureMode.BudgetExhausted, "the budget of the run ended before its turn")
                    : new AttemptOutcome(ItemState.Skipped, FailureMode.None, "the last round ended before its turn");
            await attempts.EndAsync(entry, outcome, entry.Result?.Arm ?? "");
        }
    }

    private async Task EndByVerdictAsync(ItemEntry entry, VerdictKind verdict)
    {
        var outcome = verdict == VerdictKind.NotApplicable
            ? new AttemptOutcome(ItemState.NotApplicable, FailureMode.None, "does not apply to this machine any more")
            : entry.Kept.Count > 0
                ? new AttemptOutcome(ItemState.Remediated, FailureMode.None, "")
                : new AttemptOutcome(ItemState.AlreadyPassing, FailureMode.None, CauseOf(entry.Finding.Id) is { } cause ? $"passes since {cause}" : "passes by now without a change of its own");
        await attempts.EndAsync(entry, outcome, outcome.State == ItemState.Remediated ? entry.Result?.Arm ?? "" : "");
    }

    private async Task LoseAsync(ItemEntry entry, Verdict verdict)
    {
        var was = entry.State;
        var seen = verdict.Kind == VerdictKind.Fail ? "fails" : "cannot be checked";
        var outcome = was == ItemState.Deferred
            ? new AttemptOutcome(ItemState.Escalated, FailureMode.LostAfterReboot, $"changed, and {(verdict.Kind == VerdictKind.Fail ? "still " : "")}{seen} after the reboot{Tail(verdict)}")
            : new AttemptOutcome(ItemState.Escalated, FailureMode.LostAfterReboot, $"passed after its fix, {seen} in the scan {(Ledger.Reboots > 0 ? "after the reboot" : "of the round")}{Tail(verdict)}{Culprit(entry)}");
        await attempts.EndAsync(entry, outcome, entry.Result?.Arm ?? "");
    }

    private string Culprit(ItemEntry entry) => CauseOf(entry.Finding.Id) is { } cause ? $" (last touched by {cause})" : "";

    private static string Tail(Verdict verdict) => verdict.Detail.Length > 0 ? $": {verdict.Detail}" : "";

    /// <summary>The item whose kept change last touched what this item is about; null where none did.</summary>
    private string? CauseOf(string id)
    {
        IReadOnlyList<Resource> touches = context.Touches.GetValueOrDefault(id, []);
        return Ledger.AllKept.Where(k => k.Item != id && new ResourceOverlap([], k.Changes) is var overlap && touches.Any(overlap.Contains)).LastOrDefault()?.Item;
    }
}
