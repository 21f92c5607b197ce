using System.Security.Cryptography;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Ordering;
using Forge.Core.Prompts;

namespace Forge.Core.Thinking;

/// <summary>
/// Lets models work on what no other source fixed, one item after another, one action a turn: the worker proposes, the guard and the gate decide, the loop's
/// own attempt acts, proves and takes back; the architect and the reflector look on. The model sees the verdict and nothing else counts.
/// </summary>
/// <param name="context">The run on the target.</param>
/// <param name="attempts">Makes attempts and writes states.</param>
/// <param name="settlement">Settles by verdicts.</param>
/// <param name="budget">Ends the pass where it is spent.</param>
public sealed class ThinkPass(TargetContext context, AttemptRunner attempts, Settlement settlement, RunBudget budget)
{
    private readonly WorkOrder _order = new(context.Skill);
    private readonly Breaker _breaker = new();
    private readonly ModelCaller _caller = new(context.Ports.Models, context.Scribe.Blobs, (e, item) => context.Scribe.WriteAsync(e, item, false, CancellationToken.None), context.Ports.Clock);
    private readonly PromptLibrary _prompts = new(context.Skill);
    private readonly Lessons _lessons = new(context);

    private AttemptOutcome? _last;

    private Worker Worker => field ??= new Worker(_caller, _prompts, context.Ports.Shell, context.Request.AllowScripts);

    private Architect Architect => field ??= new Architect(_caller, _prompts, context.Request.AllowScripts);

    private Reflector Reflector => field ??= new Reflector(_caller, _prompts);

    private TargetLedger Ledger => context.Ledger;

    /// <summary>Works on all items that a model may take.</summary>
    /// <returns>Whether anything was tried on the machine.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var before = Ledger.Items.Sum(i => i.Attempts);
        foreach (var finding in _order.Arrange([.. Ledger.Items.Where(ThinkRule.MayTake).Select(i => i.Finding)], out _))
        {
            var entry = Ledger.Find(finding.Id)!;
            if (budget.IsSpent || Ledger.Parked.Length > 0 || _caller.Find(ModelRole.Worker) is null)
            {
                break;
            }

            // An item before it may have mended or reopened it.
            if (ThinkRule.MayTake(entry) && !await settlement.PassesAlreadyAsync(entry))
            {
                _last = null;
                await WorkAsync(entry, cancellationToken);
                await BreakAsync();
            }
        }

        return Ledger.Items.Sum(i => i.Attempts) > before;
    }

    private async Task WorkAsync(ItemEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            while (!budget.IsSpent && Ledger.Parked.Length == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var stop = ThinkRule.StopOf(entry.Thinking, context.Skill.Thinking, SpentOn(entry)) ?? await PlanAsync(entry, cancellationToken) ?? await TurnAsync(entry, cancellationToken);
                if (stop is not null)
                {
                    await EndAsync(entry, stop);
                    return;
                }

                if (entry.State is not ItemState.Escalated)
                {
                    return;
                }
            }
        }
        catch (ForgeException e) when (e.Id == "ModelDown")
        {
            // It is in the journal; the item keeps what the sources before said of it, and a resumed run may try again.
        }
    }

    /// <summary>Several items in a row that end with the same fault are the machine's matter, not theirs; the turns of one item count once.</summary>
    private async Task BreakAsync()
    {
        if (_last is { } outcome && _breaker.Note(outcome.Fingerprint))
        {
            var reason = $"the same fault ({outcome.Fingerprint}) on several items in a row: {outcome.Reason}";
            await context.Scribe.WriteAsync(new TargetParked(reason, outcome.Fingerprint), null, true, CancellationToken.None);
        }
    }

    private TimeSpan SpentOn(ItemEntry entry) => TimeSpan.FromSeconds(entry.Thinking.Seconds) + (entry.Result?.Elapsed ?? TimeSpan.Zero);

    /// <summary>Asks the architect where it is its turn.</summary>
    private async Task<ThinkStop?> PlanAsync(ItemEntry entry, CancellationToken cancellationToken)
    {
        if (ThinkRule.TriggerOf(entry.Thinking) is not { } trigger)
        {
            return null;
        }

        var plan = await OrNoneAsync(() => Architect.PlanAsync(context.Session, entry, trigger, cancellationToken)!) ?? new PlanMade(trigger.Name, ArchitectVerdict.Continue, "", false);
        await context.Scribe.WriteAsync(plan, entry.Finding.Id, false, cancellationToken);
        return plan.Verdict == ArchitectVerdict.Escalate ? new ThinkStop(FailureMode.GivenUp, $"the architect gave it up: {plan.Plan}") : null;
    }

    private async Task<ThinkStop?> TurnAsync(ItemEntry entry, CancellationToken cancellationToken)
    {
        WorkerMove move;
        try
        {
            var tips = await context.Ports.Memory.RecallAsync(context.Skill.Name, entry.Finding.Id, context.Target.Name, context.Session.Facts.Platform, cancellationToken);
            move = await Worker.NextAsync(context.Session, entry, context.Touches.GetValueOrDefault(entry.Finding.Id, []), tips, cancellationToken);
        }
        catch (ForgeException e) when (ModelCaller.IsOfRequest(e))
        {
            return new ThinkStop(FailureMode.Unreadable, $"the model cannot be asked: {e.Message}");
        }

        if (move.Mode == FailureMode.GivenUp)
        {
            return new ThinkStop(FailureMode.GivenUp, $"the model gave it up: {move.Refusal}");
        }

        return move.Action is null || move.Mode != FailureMode.None ? await RefuseAsync(entry, move) : await TryAsync(entry, move, cancellationToken);
    }

    /// <summary>The answer of who only looks on; null where that one request cannot be answered, which the journal has and the work does not wait for.</summary>
    private static async Task<T?> OrNoneAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (ForgeException e) when (e.Id == "ModelDown" || ModelCaller.IsOfRequest(e))
        {
            return null;
        }
    }

    private async Task<ThinkStop?> RefuseAsync(ItemEntry entry, WorkerMove move)
    {
        var digest = move.Action is { } action ? ClassedAction.DigestOf(action) : "";
        await context.Scribe.WriteAsync(
            new ActionProposed(entry.Thinking.Thoughts.Count + 1, 0, move.Proposal, move.Action?.Summary ?? "", digest, move.Mode, move.Refusal), entry.Finding.Id, false, CancellationToken.None);
        return null;
    }

    private async Task<ThinkStop?> TryAsync(ItemEntry entry, WorkerMove move, CancellationToken cancellationToken)
    {
        var action = move.Action!;
        var classed = new ClassedAction(action, context.Decisions.WithApproved(context.Request.Approvals), context.Checkpoints?.Kind);
        if (!classed.Gate.Allowed)
        {
            return await RefuseAsync(entry, move with { Mode = FailureMode.PolicyViolation, Refusal = classed.Gate.Refusal });
        }

        if (await context.Scribe.Blobs.PutAsync(Encoding.UTF8.GetBytes(move.Proposal), cancellationToken) != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(move.Proposal))))
        {
            // The store masks secrets; a resumed run could not take up the same bytes.
            return await RefuseAsync(entry, move with { Mode = FailureMode.PolicyViolation, Refusal = "it holds a secret, which no journal may hold" });
        }

        if (await _lessons.FindHarmAsync(entry, classed.Digest, cancellationToken) is { } harm)
        {
            return await RefuseAsync(entry, move with { Mode = FailureMode.PolicyViolation, Refusal = harm.Reason });
        }

        if (!await context.Scribe.Observer.ConfirmAsync(classed.PlanFor(context.Target.Name, entry.Finding.Id), cancellationToken))
        {
            return new ThinkStop(FailureMode.None, "not confirmed");
        }

        var turn = entry.Thinking.Thoughts.Count + 1;
        var attempt = entry.Attempts + 1;
        await context.Scribe.WriteAsync(new ActionProposed(turn, attempt, move.Proposal, action.Summary, classed.Digest, FailureMode.None, ""), entry.Finding.Id, true, cancellationToken);
        var outcome = await attempts.RunAsync(new Draft(entry, attempt, action, classed.Digest, classed.Risk, classed.Gate.NeedsDeadMan), cancellationToken);
        _last = outcome;
        if (entry.State == ItemState.Escalated && entry.Thinking.Of(attempt) is { } thought
            && await OrNoneAsync(() => Reflector.DrawAsync(context.Session, entry, thought, cancellationToken)) is { } lesson)
        {
            await context.Scribe.WriteAsync(lesson, entry.Finding.Id, false, cancellationToken);
        }

        return null;
    }

    private async Task EndAsync(ItemEntry entry, ThinkStop stop)
    {
        await context.Scribe.WriteAsync(new ThinkingEnded(stop.Mode, stop.Reason), entry.Finding.Id, false, CancellationToken.None);
        var last = entry.Result;
        var reason = last is { Reason.Length: > 0 } ? $"{stop.Reason}; before that {last.FailureMode}: {last.Reason}" : stop.Reason;
        var outcome = stop.Mode == FailureMode.None ? new AttemptOutcome(ItemState.Skipped, FailureMode.None, stop.Reason) : new AttemptOutcome(ItemState.Escalated, stop.Mode, reason);
        await attempts.EndAsync(entry, outcome, entry.Thinking.Attempts > 0 ? Worker.Arm : last?.Arm ?? "");
    }
}
