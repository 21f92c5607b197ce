using System.Globalization;
using Forge.Core.Errors;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>
/// Several changes at once, see <see cref="BatchRule"/>: one intent each, one call to the host, one verification, one probe. What holds stays. What does not is taken back, with
/// what touched the same after it; where the machine or another item suffered, the batch is taken back and done again in halves, down to single attempts.
/// </summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Makes changes.</param>
/// <param name="attempts">Makes single attempts and writes states.</param>
/// <param name="keeper">Outside checkpoints.</param>
public sealed class BatchRunner(TargetContext context, ChangeRunner changes, AttemptRunner attempts, CheckpointKeeper keeper)
{
    private readonly Examiner _examiner = new(context);
    private readonly Lessons _lessons = new(context);
    private readonly Reversal _reversal = new(context, changes, keeper);

    /// <summary>Makes the changes and writes how each item ended.</summary>
    /// <param name="drafts">The changes in their order; see <see cref="BatchRule"/>.</param>
    /// <param name="cancellationToken">Cancels between batches; one that was begun is judged.</param>
    public async Task<BatchResult> RunAsync(IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        if (drafts is [var only])
        {
            return BatchResult.Of(await attempts.RunAsync(only, cancellationToken));
        }

        var start = context.Scribe.Start();
        (drafts, var first) = BatchRule.WithSlowFirst(drafts, id => context.Engine.Evaluator.TakesLong(context.Session, id));
        var (statuses, early) = await ActAsync(drafts, first, cancellationToken);
        var share = new BatchShare(context.Scribe, start, drafts.Count, statuses.Values);
        var result = new BatchResult();
        var acted = new List<Acted>();
        var again = new List<Draft>();
        IReadOnlyList<Draft> together = [];
        foreach (var draft in drafts)
        {
            var status = statuses[draft.Id];
            if (status.State is OperationState.Absent or OperationState.Undone)
            {
                // Alone the next time, so that what stands in its way is seen.
                draft.Entry.UnjudgedInBatch++;
                await EndAsync(draft, new AttemptOutcome(ItemState.Queued, FailureMode.None, "not judged: its batch was cut short before it ran, or was taken back with the machine; queued again"), share, result);
            }
            else if (Judgement.OfEnd(status, context.ActionTimeout) is { } unfinished)
            {
                if (early is not null)
                {
                    // Taking it back may close the connection that the check uses.
                    await early.AbandonAsync();
                    early = null;
                }

                await EndUnfinishedAsync(new Acted(draft, status), unfinished, acted, again, share, result);
            }
            else
            {
                acted.Add(new Acted(draft, status));
            }
        }

        if (acted.Count > 0)
        {
            var (alone, bystanders) = await JudgeAsync(acted, early, share, result);
            again.AddRange(alone);
            together = bystanders;
        }

        // What is done again has a new number and so a new operation.
        result = result.With(result.Suffered ? await InHalvesAsync(again, cancellationToken) : await OneByOneAsync(again, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return together.Count == 0 ? result : result.With(await RunAsync(together, cancellationToken));
    }

    /// <summary>Takes back the one that did not end by itself. It is the newest that ran, so nothing has to go with it, unless the machine as a whole was taken back.</summary>
    private async Task EndUnfinishedAsync(Acted newest, AttemptOutcome unfinished, List<Acted> before, List<Draft> again, BatchShare share, BatchResult result)
    {
        var reverted = await _reversal.RevertAllAsync([newest], unfinished, [.. before.SelectMany(b => b.Draft.Stops)]);
        var left = reverted.Left.GetValueOrDefault(newest.Draft.Id);
        var outcome = left is null || reverted.FromOutside ? unfinished : unfinished with { Mode = FailureMode.RevertFailed, Reason = $"{unfinished.Reason}; {left}" };
        await EndAsync(newest.Draft, Judgement.AfterRevert(newest.Draft, newest.Status, outcome, context.Skill.MaxAttempts), share, result);
        if (reverted.FromOutside)
        {
            again.AddRange(await AgainAsync(before, "taken back with the machine; done again by itself", share));
            before.Clear();
        }
    }

    /// <summary>Makes the changes, and begins to check those whose check takes long while the others are made.</summary>
    private async Task<(Dictionary<string, OperationStatus> Statuses, EarlyCheck? Early)> ActAsync(IReadOnlyList<Draft> drafts, int first, CancellationToken cancellationToken)
    {
        // Where some of them ran before a crash, what nobody judged must not become part of the state to go back to.
        if (drafts.All(d => d.Entry.OpenAttempt == 0))
        {
            await keeper.EnsureAsync(drafts.Max(d => d.Risk.Risk), cancellationToken);
        }

        var name = IdOf(drafts[0]).Value[..12];
        foreach (var draft in drafts)
        {
            await attempts.BeginAsync(draft, name, cancellationToken);
        }

        EarlyCheck? early = null;
        try
        {
            return (await changes.RunAllAsync(drafts, first, () => early = _examiner.Begin([.. drafts.Take(first).Select(d => d.Id)]), cancellationToken), early);
        }
        catch (ForgeException e)
        {
            await (early?.AbandonAsync() ?? Task.CompletedTask);
            if (!Reversal.IsLoss(e))
            {
                throw;
            }

            return (await AskAsync(drafts, e), null);
        }
    }

    /// <summary>After the connection was lost: what the host says of each. The one at work ended by itself; what came after it never began.</summary>
    private async Task<Dictionary<string, OperationStatus>> AskAsync(IReadOnlyList<Draft> drafts, ForgeException lost)
    {
        var statuses = new Dictionary<string, OperationStatus>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var id = IdOf(draft);
            if (await _reversal.AskAfterLossAsync(draft.Entry, id) is { } status)
            {
                statuses[draft.Id] = status;
                continue;
            }

            await _reversal.RevertAllAsync([], new AttemptOutcome(ItemState.Escalated, FailureMode.HealthFailure, $"the connection broke during a batch: {lost.Message}", "login"), []);
            return drafts.ToDictionary(
                d => d.Id, d => new OperationStatus { Id = IdOf(d), State = OperationState.Absent }, StringComparer.Ordinal);
        }

        return statuses;
    }

    /// <summary>Judges what ran, ends what can be judged, takes back the rest.</summary>
    /// <returns>What is to be done again: alone or in halves; and together, because it held and was only taken back with what ran before it.</returns>
    private async Task<(IReadOnlyList<Draft> Alone, IReadOnlyList<Draft> Together)> JudgeAsync(IReadOnlyList<Acted> acted, EarlyCheck? early, BatchShare share, BatchResult result)
    {
        var examined = await _examiner.ExamineAsync(acted, early);
        share.Judged();
        if (examined.Fault is { } fault)
        {
            result.Suffered = true;
            await _reversal.RevertAllAsync([.. acted.Reverse()], fault, []);
            return (await AgainAsync(acted, $"taken back with its batch of {acted.Count}: {fault.Reason}", share), []);
        }

        var outcomes = acted.ToDictionary(a => a.Draft.Id, a => Judgement.Of(a.Draft, a.Status, examined.Results![a.Draft.Id]), StringComparer.Ordinal);
        var failed = outcomes.Where(o => !Judgement.Keeps(o.Value)).Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        var back = BatchRule.WithWhatFollows(acted, failed);
        var kept = acted.Except(back).ToList();
        var reverted = await TakeBackAsync(back, kept, examined);
        if (back.Count > 0 && kept.Count > 0 && !reverted.FromOutside && await HoldAsync(kept, outcomes) is { Count: > 0 } shaky)
        {
            // They leaned on what was taken back.
            var also = BatchRule.WithWhatFollows(kept, shaky);
            reverted = reverted.With(await TakeBackAsync(also, kept = [.. kept.Except(also)], examined));
            back = [.. also.Concat(back)];
        }

        foreach (var one in kept.Where(_ => !reverted.FromOutside))
        {
            await EndAsync(one.Draft, outcomes[one.Draft.Id], share, result);
        }

        // One that turned others red may not be the one that did, and one that fails may have been broken by a later one that touched the same: alone it is seen.
        var judged = back.Where(b => failed.Contains(b.Draft.Id) && outcomes[b.Draft.Id].Mode != FailureMode.Regression && !BatchRule.IsTouchedLater(acted, b)).Reverse().ToList();
        foreach (var one in judged)
        {
            var left = reverted.Left.GetValueOrDefault(one.Draft.Id);
            var outcome = outcomes[one.Draft.Id];
            await EndAsync(one.Draft, left is null ? outcome : outcome with { Mode = FailureMode.RevertFailed, Reason = $"{outcome.Reason}; {left}" }, share, result);
        }

        var unclear = acted.Except(judged).Where(a => reverted.FromOutside || back.Contains(a)).ToList();
        // Whoever else turned red is looked for among all, one by one. Once is enough: what is taken back a second time goes alone.
        var isClear = outcomes.Values.All(o => o.Mode != FailureMode.Regression);
        var bystanders = unclear.Where(u => isClear && !reverted.FromOutside && !failed.Contains(u.Draft.Id) && u.Draft.Entry.UnjudgedInBatch == 0).ToList();
        return (
            await AgainAsync([.. unclear.Except(bystanders)], "taken back with another one of its batch; done again by itself", share),
            await AgainAsync(bystanders, "held, and was taken back with another one of its batch that touched the same; done again", share));
    }

    /// <summary>Which of those that stay do not hold any more after others were taken back.</summary>
    private async Task<IReadOnlySet<string>> HoldAsync(List<Acted> kept, Dictionary<string, AttemptOutcome> outcomes)
    {
        var examined = await _examiner.ExamineAsync(kept);
        return kept.Select(k => k.Draft.Id)
            .Where(id => examined.Fault is not null || (outcomes[id].State == ItemState.Remediated && !examined.Results![id].Verdict.Passed)).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<Reverted> TakeBackAsync(IReadOnlyList<Acted> back, List<Acted> kept, Examination examined)
    {
        if (back.Count == 0)
        {
            context.Healthy = examined.Health.Snapshot;
            return Reverted.Nothing;
        }

        var why = new AttemptOutcome(ItemState.Escalated, FailureMode.EvaluatorGap, string.Create(CultureInfo.InvariantCulture, $"{back.Count} of a batch do not hold"));
        return await _reversal.RevertAllAsync(back, why, [.. kept.SelectMany(k => k.Draft.Stops)]);
    }

    private async Task<IReadOnlyList<Draft>> AgainAsync(IReadOnlyList<Acted> acted, string reason, BatchShare share)
    {
        foreach (var one in acted)
        {
            one.Draft.Entry.UnjudgedInBatch++;
            await attempts.EndAsync(one.Draft.Entry, new AttemptOutcome(ItemState.Queued, FailureMode.None, reason), one.Draft.Action.Arm, share.Of(IdOf(one.Draft)));
        }

        return [.. acted.Select(a => a.Draft with { Attempt = a.Draft.Entry.Attempts + 1 })];
    }

    private async Task EndAsync(Draft draft, AttemptOutcome outcome, BatchShare share, BatchResult result)
    {
        await attempts.EndAsync(draft.Entry, outcome, draft.Action.Arm, share.Of(IdOf(draft)));
        if (outcome.State != ItemState.Queued)
        {
            await _lessons.LearnAsync(draft, outcome);
        }

        result.Add(outcome);
    }

    private OperationId IdOf(Draft draft) => draft.OperationIdIn(context.Scribe.RunId, context.Target.Name);

    private async Task<BatchResult> InHalvesAsync(IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        var result = new BatchResult();
        foreach (var half in drafts.Chunk(Math.Max(1, (drafts.Count + 1) / 2)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = result.With(await RunAsync(half, cancellationToken));
        }

        return result;
    }

    private async Task<BatchResult> OneByOneAsync(IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        var result = new BatchResult();
        foreach (var draft in drafts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(await attempts.RunAsync(draft, cancellationToken));
        }

        return result;
    }
}
