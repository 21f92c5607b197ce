using System.Security.Cryptography;
using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Fixes;
using Forge.Core.Journal;
using Forge.Core.Operations;
using Forge.Core.Policy;
using Forge.Core.Probing;

namespace Forge.Core.Loop;

/// <summary>One attempt on one item: choose, gate, checkpoint, act, probe, verify, keep or revert, learn.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Makes changes.</param>
/// <param name="keeper">Outside checkpoints.</param>
public sealed class AttemptRunner(TargetContext context, ChangeRunner changes, CheckpointKeeper keeper)
{
    private static readonly TimeSpan DeadManSlack = TimeSpan.FromMinutes(2);
    private readonly HealthProbe _probe = new(context.Ports.Connector);
    private readonly Lessons _lessons = new(context);
    private readonly Verification _verification = new(context);
    private readonly Reversal _reversal = new(context, changes, keeper);

    /// <summary>Makes an attempt and writes how it ended.</summary>
    public async Task<AttemptOutcome> RunAsync(ItemEntry entry, CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        var attempt = entry.OpenAttempt > 0 ? entry.OpenAttempt : entry.Attempts + 1;
        var action = await ProposeAsync(entry, attempt, cancellationToken);
        AttemptOutcome outcome;
        if (action is null)
        {
            outcome = new AttemptOutcome(ItemState.Escalated, FailureMode.NoFix, "no source has a fix for it");
        }
        else
        {
            outcome = await RunAsync(entry, attempt, action, cancellationToken);
        }

        var elapsed = (entry.Result?.Elapsed ?? TimeSpan.Zero) + TimeSpan.FromSeconds(context.Scribe.SecondsSince(start));
        await EndAsync(entry, outcome, action?.Arm ?? "", elapsed);
        return outcome;
    }

    /// <summary>Writes an item's state.</summary>
    public async Task EndAsync(ItemEntry entry, AttemptOutcome outcome, string arm, TimeSpan? elapsed = null)
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
            Elapsed = elapsed ?? entry.Result?.Elapsed ?? TimeSpan.Zero,
            Reason = outcome.Reason,
        };
        await context.Scribe.WriteAsync(new ItemEnded(result), entry.Finding.Id, true, CancellationToken.None);
    }

    private async Task<ForgeAction?> ProposeAsync(ItemEntry entry, int attempt, CancellationToken cancellationToken)
    {
        foreach (var source in context.Engine.FixSources)
        {
            var request = new FixRequest(context.Session, entry.Finding, attempt, entry.Failures);
            if (await source.ProposeAsync(request, cancellationToken) is { } action)
            {
                return action;
            }
        }

        return null;
    }

    private async Task<AttemptOutcome> RunAsync(ItemEntry entry, int attempt, ForgeAction action, CancellationToken cancellationToken)
    {
        var risk = RiskClassifier.Assess(action);
        var digest = Convert.ToHexStringLower(SHA256.HashData(action.ToBytes()));
        var gate = ActionGate.Decide(risk, digest, context.Request.Approvals, context.Checkpoints is not null);
        if (!gate.Allowed)
        {
            return new AttemptOutcome(ItemState.NeedsDecision, FailureMode.PolicyViolation, gate.Refusal);
        }

        if (await _lessons.FindHarmAsync(entry, digest, cancellationToken) is { } lesson)
        {
            return lesson;
        }

        if (!await context.Scribe.Observer.ConfirmAsync(Plan(entry, action, risk, digest, gate), cancellationToken))
        {
            return new AttemptOutcome(ItemState.Skipped, FailureMode.None, "not confirmed");
        }

        await context.Scribe.WriteAsync(new AttemptStarted(attempt, action.Arm, action.Summary, risk.Risk, risk.Reason), entry.Finding.Id, false, cancellationToken);
        await keeper.EnsureAsync(risk.Risk, cancellationToken);
        TimeSpan? deadMan = gate.NeedsDeadMan ? context.Request.ActionTimeout + DeadManSlack : null;
        OperationStatus status;
        try
        {
            status = await changes.RunAsync(entry.Finding.Id, attempt, "apply", action, deadMan, cancellationToken);
        }
        catch (ForgeException e) when (e.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout)
        {
            var id = OperationId.Of(context.Scribe.RunId, context.Target.Name, entry.Finding.Id, attempt, "apply", action.ToBytes());
            if (await _reversal.AskAfterLossAsync(entry, id) is not { } asked)
            {
                var lost = new AttemptOutcome(ItemState.Escalated, FailureMode.HealthFailure, $"the connection broke during the change: {e.Message}", "login");
                var reverted = await _reversal.RevertAsync(entry, new OperationStatus { Id = id, State = OperationState.Interrupted }, lost, deadMan);
                await _lessons.LearnAsync(entry, action, digest, reverted);
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

        if (status.State == OperationState.Undone)
        {
            return new AttemptOutcome(ItemState.Queued, FailureMode.None, "taken back by the host before it was judged; queued again");
        }

        // From here on a stop waits: what was changed is judged, and kept or taken back. Probe, check and host have time limits of their own.
        return await JudgeAsync(entry, action, status, deadMan, digest, CancellationToken.None);
    }

    private PlannedAction Plan(ItemEntry entry, ForgeAction action, RiskAssessment risk, string digest, GateDecision gate) => new()
    {
        Target = context.Target.Name,
        Item = entry.Finding.Id,
        Summary = action.Summary,
        Risk = risk.Risk,
        RiskReason = risk.Reason,
        Undo = gate.NeedsDeadMan ? "host journal, dead-man revert" : context.Checkpoints is { } c ? $"host journal, {c.Kind}" : "host journal",
        Arm = action.Arm,
        Script = action.ToScript(),
        Digest = digest,
    };

    private async Task<AttemptOutcome> JudgeAsync(
        ItemEntry entry, ForgeAction action, OperationStatus status, TimeSpan? deadMan, string digest, CancellationToken cancellationToken)
    {
        var outcome = await JudgeAsync(entry, action, status, cancellationToken);
        var kept = outcome.State is ItemState.Remediated or ItemState.Deferred;
        if (kept)
        {
            if (deadMan is not null)
            {
                await (await context.Link.HostAsync(CancellationToken.None)).DisarmAsync(status.Id, CancellationToken.None);
            }
        }
        else
        {
            outcome = await _reversal.RevertAsync(entry, status, outcome, deadMan);
        }

        await _lessons.LearnAsync(entry, action, digest, outcome);
        return outcome;
    }

    private async Task<AttemptOutcome> JudgeAsync(ItemEntry entry, ForgeAction action, OperationStatus status, CancellationToken cancellationToken)
    {
        if (status.State != OperationState.Completed || status.TimedOut || status.Signal is not null)
        {
            var how = status.TimedOut ? $"did not end within {context.Request.ActionTimeout.TotalSeconds:0} s" : status.Signal is { } s ? $"was ended by signal {s}" : "was interrupted";
            return new AttemptOutcome(ItemState.Escalated, FailureMode.Hang, $"the change {how}");
        }

        var effects = ShellEffectsReader.Read(action.ToScript());
        var start = context.Scribe.Start();
        // Both only read, through connections of their own: side by side they cost the time of one.
        var probing = _probe.ProbeAsync(context.Target, context.Healthy, effects.StoppedServices, cancellationToken);
        var (evaluated, evaluatorFault) = await VerifyAsync(entry, [.. action.Resources.Concat(effects.Resources)], status, cancellationToken);
        var evaluating = context.Scribe.SecondsSince(start);
        var health = await probing;
        await context.Scribe.WriteAsync(
            new Probed(health.Healthy, health.Faults, health.Fingerprint, Math.Max(0, context.Scribe.SecondsSince(start) - evaluating)), entry.Finding.Id, false, cancellationToken);
        if (!health.Healthy)
        {
            var mode = health.Fingerprint == "disk-full" ? FailureMode.DiskFull : FailureMode.HealthFailure;
            return new AttemptOutcome(ItemState.Escalated, mode, string.Join("; ", health.Faults), health.Fingerprint);
        }

        if (evaluated is null)
        {
            return new AttemptOutcome(ItemState.Escalated, FailureMode.EvaluatorError, $"the check could not be evaluated: {evaluatorFault}", "evaluator");
        }

        var outcome = Decide(action, entry, status, evaluated);
        if (outcome.State is ItemState.Remediated or ItemState.Deferred)
        {
            context.Healthy = health.Snapshot;
        }

        return outcome;
    }

    private async Task<(VerificationResult? Result, string Fault)> VerifyAsync(
        ItemEntry entry, IReadOnlyList<Findings.Resource> resources, OperationStatus status, CancellationToken cancellationToken)
    {
        try
        {
            return (await _verification.RunAsync(entry.Finding, resources, status.Changes, cancellationToken), "");
        }
        catch (ForgeException e)
        {
            // The change is taken back by the caller, and the fault is the item's reason; three in a row trip the breaker.
            return (null, e.Message);
        }
    }

    /// <summary>What the verdicts mean. The rule's own verdict is final: what the script printed does not count against a pass.</summary>
    private static AttemptOutcome Decide(ForgeAction action, ItemEntry entry, OperationStatus status, VerificationResult evaluated)
    {
        if (evaluated.TurnedRed.Count > 0)
        {
            var others = string.Join(", ", evaluated.TurnedRed);
            return new AttemptOutcome(ItemState.Waived, FailureMode.Regression, $"conflicts with {others}: this fix turned it red; what passed first stays");
        }

        return evaluated.Verdict.Kind switch
        {
            VerdictKind.Pass => new AttemptOutcome(ItemState.Remediated, FailureMode.None, ""),
            VerdictKind.NotApplicable when !status.Changes.IsEmpty => new AttemptOutcome(
                ItemState.Escalated, FailureMode.EvaluatorGap, "the change made the rule not applicable instead of passing; taken back"),
            VerdictKind.NotApplicable => new AttemptOutcome(ItemState.NotApplicable, FailureMode.None, "does not apply to this machine any more"),
            VerdictKind.Fail when (action.NeedsReboot || entry.Finding.NeedsReboot) && !status.Changes.IsEmpty =>
                new AttemptOutcome(ItemState.Deferred, FailureMode.NeedsReboot, "changed; passes at the earliest after a reboot"),
            VerdictKind.Fail when !status.Succeeded => new AttemptOutcome(
                ItemState.Escalated, FailureMode.CleanFailure, $"the fix ended with exit code {status.ExitCode}: {LastLine(status.Error)}"),
            VerdictKind.Fail when status.Changes.IsEmpty => new AttemptOutcome(
                ItemState.Escalated, FailureMode.FalseSuccess, $"the fix claims success and changed nothing; the rule still fails{Because(evaluated, status)}"),
            VerdictKind.Fail => new AttemptOutcome(
                ItemState.Escalated, FailureMode.EvaluatorGap, $"the fix ran and the host is healthy, but the rule still fails{Because(evaluated, status)}"),
            var other => new AttemptOutcome(ItemState.Escalated, FailureMode.EvaluatorError, $"the check says {other}: {evaluated.Verdict.Detail}"),
        };
    }

    private static string Because(VerificationResult evaluated, OperationStatus status) =>
        evaluated.Verdict.Detail.Length > 0 ? $": {evaluated.Verdict.Detail}" : LastLine(status.Error) is { Length: > 0 } line ? $" (the fix said: {line})" : "";

    private static string LastLine(string text)
    {
        var line = text.TrimEnd().Split('\n')[^1].Trim();
        return line.Length > 200 ? line[..200] + "…" : line;
    }
}
