using System.Security.Cryptography;
using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Fixes;
using Forge.Core.Journal;
using Forge.Core.Memory;
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

        if (await KnownToBreakAsync(entry, digest, cancellationToken) is { } lesson)
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
                await LearnAsync(entry, action, digest, reverted);
                return reverted;
            }

            status = asked;
        }
        catch (ForgeException e) when (e.Id == "HostJournalFailed")
        {
            return new AttemptOutcome(ItemState.Escalated, FailureMode.DiskFull, $"nothing was run: {e.Message}", "host-journal");
        }

        return await JudgeAsync(entry, action, status, deadMan, digest, cancellationToken);
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

    private async Task<AttemptOutcome?> KnownToBreakAsync(ItemEntry entry, string digest, CancellationToken cancellationToken)
    {
        if (context.Request.IgnoreLessons)
        {
            return null;
        }

        var tips = await context.Ports.Memory.RecallAsync(context.Skill.Name, entry.Finding.Id, context.Target.Name, context.Session.Facts.Platform, cancellationToken);
        var last = tips.FirstOrDefault(t => t.Target == context.Target.Name && t.ActionDigest == digest && t.RunId != context.Scribe.RunId);
        return last is { Outcome: FailureMode.HealthFailure or FailureMode.Hang or FailureMode.TargetLost or FailureMode.DiskFull or FailureMode.RevertFailed }
            ? new AttemptOutcome(ItemState.Skipped, last.Outcome, $"the same change did harm here in run {last.RunId}: {last.Mechanism}; -Force tries it again")
            : null;
    }

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

        await LearnAsync(entry, action, digest, outcome);
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
        var health = await _probe.ProbeAsync(context.Target, context.Healthy, effects.StoppedServices, cancellationToken);
        await context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, health.Seconds), entry.Finding.Id, false, cancellationToken);
        if (!health.Healthy)
        {
            var mode = health.Fingerprint == "disk-full" ? FailureMode.DiskFull : FailureMode.HealthFailure;
            return new AttemptOutcome(ItemState.Escalated, mode, string.Join("; ", health.Faults), health.Fingerprint);
        }

        var evaluated = await _verification.RunAsync(entry.Finding, [.. action.Resources.Concat(effects.Resources)], status.Changes, cancellationToken);
        var outcome = Decide(action, entry, status, evaluated);
        if (outcome.State is ItemState.Remediated or ItemState.Deferred)
        {
            context.Healthy = health.Snapshot;
        }

        return outcome;
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

    private async Task LearnAsync(ItemEntry entry, ForgeAction action, string digest, AttemptOutcome outcome)
    {
        if (outcome.State == ItemState.Deferred)
        {
            return;
        }

        var tip = new Tip
        {
            Skill = context.Skill.Name,
            Item = entry.Finding.Id,
            Target = context.Target.Name,
            Platform = context.Session.Facts.Platform,
            ActionDigest = digest,
            Arm = action.Arm,
            Outcome = outcome.Mode,
            Mechanism = outcome.Reason.Length > 0 ? outcome.Reason : "verified from outside through another connection",
            RunId = context.Scribe.RunId,
            LearnedAt = context.Scribe.Now,
        };
        await context.Scribe.WriteAsync(new LessonLearned(tip), entry.Finding.Id, false, CancellationToken.None);
        await context.Ports.Memory.RecordAsync(tip, CancellationToken.None);
    }
}
