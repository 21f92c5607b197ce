using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>One attempt on one item by itself: checkpoint, act, probe, verify, keep or revert, learn. <see cref="BatchRunner"/> makes several at once.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Makes changes.</param>
/// <param name="keeper">Outside checkpoints.</param>
public sealed class AttemptRunner(TargetContext context, ChangeRunner changes, CheckpointKeeper keeper)
{
    private static readonly TimeSpan DeadManSlack = TimeSpan.FromMinutes(2);
    private readonly Lessons _lessons = new(context);
    private readonly Examiner _examiner = new(context);
    private readonly Reversal _reversal = new(context, changes, keeper);

    /// <summary>Makes an attempt and writes how it ended.</summary>
    public async Task<AttemptOutcome> RunAsync(Draft draft, CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        var outcome = await TryAsync(draft, cancellationToken);
        await EndAsync(draft.Entry, outcome, draft.Action.Arm, TimeSpan.FromSeconds(context.Scribe.SecondsSince(start)));
        return outcome;
    }

    /// <summary>Writes an item's state.</summary>
    /// <param name="entry">The item.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="arm">Arm of its last change; empty for none.</param>
    /// <param name="spent">Time spent on it, added to that of earlier attempts.</param>
    public async Task EndAsync(ItemEntry entry, AttemptOutcome outcome, string arm, TimeSpan spent = default)
    {
        var result = new ItemResult
        {
            Id = entry.Finding.Id,
            Target = context.Target.Name,
            RunId = context.Scribe.RunId,
            Title = entry.Finding.Title,
            Severity = entry.Finding.Severity,
            Outcome = outcome.State,
            FailureMode = outcome.Mode,
            Arm = arm,
            Attempts = entry.Attempts,
            Elapsed = (entry.Result?.Elapsed ?? TimeSpan.Zero) + spent,
            Reason = outcome.Reason,
        };
        await context.Scribe.WriteAsync(new ItemEnded(result), entry.Finding.Id, true, CancellationToken.None);
    }

    /// <summary>Writes that an attempt begins.</summary>
    public Task BeginAsync(Draft draft, string? batch, CancellationToken cancellationToken) => context.Scribe.WriteAsync(
        new AttemptStarted(draft.Attempt, draft.Action.Arm, draft.Action.Summary, draft.Risk.Risk, draft.Risk.Reason, batch), draft.Id, false, cancellationToken);

    private async Task<AttemptOutcome> TryAsync(Draft draft, CancellationToken cancellationToken)
    {
        await BeginAsync(draft, null, cancellationToken);
        await keeper.EnsureAsync(draft.Risk.Risk, cancellationToken);
        TimeSpan? deadMan = draft.NeedsDeadMan ? context.ActionTimeout + DeadManSlack : null;
        OperationStatus status;
        try
        {
            status = await changes.RunAsync(draft.Id, draft.Attempt, "apply", draft.Action, deadMan, cancellationToken);
        }
        catch (ForgeException e) when (Reversal.IsLoss(e))
        {
            var id = draft.OperationIdIn(context.Scribe.RunId, context.Target.Name);
            if (await _reversal.AskAfterLossAsync(draft.Entry, id) is not { } asked)
            {
                var lost = new AttemptOutcome(ItemState.Escalated, FailureMode.HealthFailure, $"the connection broke during the change: {e.Message}", "login");
                var reverted = await _reversal.RevertAsync(draft.Entry, new OperationStatus { Id = id, State = OperationState.Interrupted }, lost, deadMan);
                await _lessons.LearnAsync(draft, reverted);
                return reverted;
            }

            if (asked.State == OperationState.Absent)
            {
                return new AttemptOutcome(ItemState.Skipped, FailureMode.TargetLost, $"nothing was run: {e.Message}", "login");
            }

            status = asked;
        }
        catch (ForgeException e) when (e.Id == "HostJournalFailed")
        {
            return new AttemptOutcome(ItemState.Escalated, FailureMode.DiskFull, $"nothing was run: {e.Message}", "host-journal");
        }

        return status.State == OperationState.Undone
            ? new AttemptOutcome(ItemState.Queued, FailureMode.None, "taken back by the host before it was judged; queued again")
            : await SettleAsync(draft, status, deadMan);
    }

    // From here on a stop waits: what was changed is judged, and kept or taken back. Probe, check and host have time limits of their own.
    private async Task<AttemptOutcome> SettleAsync(Draft draft, OperationStatus status, TimeSpan? deadMan)
    {
        var outcome = await JudgeAsync(draft, status);
        if (!Judgement.Keeps(outcome))
        {
            outcome = Judgement.AfterRevert(draft, status, await _reversal.RevertAsync(draft.Entry, status, outcome, deadMan), context.Skill.MaxAttempts);
        }
        else if (deadMan is not null)
        {
            await (await context.Link.HostAsync(CancellationToken.None)).DisarmAsync(status.Id, CancellationToken.None);
        }

        await _lessons.LearnAsync(draft, outcome);
        return outcome;
    }

    private async Task<AttemptOutcome> JudgeAsync(Draft draft, OperationStatus status)
    {
        if (Judgement.OfEnd(status, context.ActionTimeout) is { } unfinished)
        {
            return unfinished;
        }

        var examined = await _examiner.ExamineAsync([new Acted(draft, status)]);
        if (examined.Fault is { } fault)
        {
            return fault;
        }

        var outcome = Judgement.Of(draft, status, examined.Results![draft.Id]);
        if (Judgement.Keeps(outcome))
        {
            context.Healthy = examined.Health.Snapshot;
        }

        return outcome;
    }
}
