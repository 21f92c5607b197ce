using Forge.Core.Actions;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Ordering;

namespace Forge.Core.Loop;

/// <summary>One pass over the open items in their order: each is decided, found to pass by now, or tried; several low-risk ones at once.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="attempts">Makes single attempts and writes states.</param>
/// <param name="batches">Makes several at once.</param>
/// <param name="settlement">Settles by verdicts.</param>
/// <param name="budget">Ends the pass where it is spent.</param>
public sealed class WorkPass(TargetContext context, AttemptRunner attempts, BatchRunner batches, Settlement settlement, RunBudget budget)
{
    private readonly Breaker _breaker = new();
    private readonly BatchWidth _width = new();
    private readonly Dictionary<string, Draft> _held = new(StringComparer.Ordinal);
    private readonly Chooser _chooser = new(context);
    private readonly WorkOrder _order = new(context.Skill);

    private TargetLedger Ledger => context.Ledger;

    /// <summary>The open items in the order of work.</summary>
    /// <param name="cycles">Items at which a dependency cycle was broken.</param>
    public IReadOnlyList<Finding> Open(out IReadOnlyList<string> cycles) => _order.Arrange([.. Ledger.Items.Where(IsOpen).Select(i => i.Finding)], out cycles);

    /// <summary>Works through what is open. What a revert from outside queued again is done again at its own place in the order.</summary>
    /// <returns>False where no other pass may follow: budget, breaker.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var drafts = await TakeAsync(done, cancellationToken);
            if (drafts.Count == 0)
            {
                return !budget.IsSpent;
            }

            var result = await batches.RunAsync(drafts, cancellationToken);
            _width.Note(drafts.Count, Math.Min(result.Kept, drafts.Count), result.Suffered);
            if (result.Outcomes.FirstOrDefault(o => _breaker.Note(o.Fingerprint)) is { } last)
            {
                var reason = $"the same fault ({last.Fingerprint}) on several items in a row: {last.Reason}";
                await context.Scribe.WriteAsync(new TargetParked(reason, last.Fingerprint), null, true, cancellationToken);
                return false;
            }
        }
    }

    /// <summary>One gives way only as long as the other one may still hold.</summary>
    private bool GivesWay(ItemEntry entry) => Ledger.Losers.TryGetValue(entry.Finding.Id, out var lost)
        && Ledger.Find(lost.Winner)?.State is not (ItemState.Escalated or ItemState.Skipped or ItemState.NeedsDecision or ItemState.Waived);

    private bool IsOpen(ItemEntry entry) => entry.State is ItemState.Queued or ItemState.Active
        || (entry.State == ItemState.Waived && entry.Attempts == 0 && Ledger.Losers.ContainsKey(entry.Finding.Id) && !GivesWay(entry))
        || RetryRule.MayRetry(entry, Ledger, context.Touches, context.Skill);

    /// <summary>The next changes to make at once, at least one where anything is open. Items that need none are ended on the way.</summary>
    private async Task<IReadOnlyList<Draft>> TakeAsync(HashSet<string> done, CancellationToken cancellationToken)
    {
        var taken = new List<Draft>();
        var left = new HashSet<string>(StringComparer.Ordinal);
        string? batch = null;
        var phase = -1;
        // What a crash left unjudged comes first, in the order in which it ran: judged in another order an undo would bring back what another one took away.
        foreach (var finding in Open(out _).OrderBy(f => Ledger.Find(f.Id) is { OpenAttempt: > 0 } open ? open.TriedAt : long.MaxValue))
        {
            var entry = Ledger.Find(finding.Id)!;
            if (entry.State == ItemState.Escalated && done.Contains(finding.Id))
            {
                continue;
            }

            // One phase at a time: what a phase brings must be there before the next one is chosen.
            var isNext = taken.Count == 0 || (_order.PhaseOf(finding) == phase && entry.OpenBatch == batch);
            if ((budget.IsSpent && entry.OpenAttempt == 0) || !isNext || taken.Count >= (batch is null ? WidthFor(taken) : BatchWidth.Most))
            {
                break;
            }

            if (finding.DependsOn.Any(left.Contains))
            {
                left.Add(finding.Id);
                continue;
            }

            if (await DraftAsync(entry, done, cancellationToken) is not { } draft)
            {
                continue;
            }

            if (taken.Count > 0 && !BatchRule.MayJoin(draft, taken))
            {
                // Its turn comes with the next batch; the user is not asked twice.
                _held[finding.Id] = draft;
                left.Add(finding.Id);
                continue;
            }

            taken.Add(draft);
            (phase, batch) = (_order.PhaseOf(finding), entry.OpenBatch);
            if (!BatchRule.MayShare(draft))
            {
                break;
            }
        }

        return taken;
    }

    private int WidthFor(List<Draft> taken) =>
        taken.Exists(t => t.Risk.Risk >= ActionRisk.LockoutCapable) ? Math.Min(BatchWidth.MostWithLockout, _width.Current) : _width.Current;

    /// <summary>The change for an item; null where it has ended without one.</summary>
    private async Task<Draft?> DraftAsync(ItemEntry entry, HashSet<string> done, CancellationToken cancellationToken)
    {
        done.Add(entry.Finding.Id);
        if (context.Decisions.MissingFor(entry.Finding) is { } decision && entry.State == ItemState.Queued)
        {
            await attempts.EndAsync(entry, new AttemptOutcome(ItemState.NeedsDecision, FailureMode.None, decision.Request), "");
            return null;
        }

        if (await settlement.PassesAlreadyAsync(entry))
        {
            return null;
        }

        if (GivesWay(entry) && entry.OpenAttempt == 0)
        {
            await attempts.EndAsync(entry, new AttemptOutcome(ItemState.Waived, FailureMode.None, Ledger.Losers[entry.Finding.Id].Reason), "");
            return null;
        }

        if (_held.Remove(entry.Finding.Id, out var held) && held.Attempt == (entry.OpenAttempt > 0 ? entry.OpenAttempt : entry.Attempts + 1))
        {
            return held;
        }

        var choice = await _chooser.ChooseAsync(entry, cancellationToken);
        if (choice.Outcome is { } outcome)
        {
            await attempts.EndAsync(entry, outcome, choice.Arm);
        }

        return choice.Draft;
    }
}
