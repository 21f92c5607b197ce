using Forge.Core.Actions;
using Forge.Core.Actions.Typed;
using Forge.Core.Evaluation;
using Forge.Core.Operations;
using Forge.Core.Thinking;

namespace Forge.Core.Loop;

/// <summary>What an attempt's results mean. Pure.</summary>
internal static class Judgement
{
    /// <summary>The outcome of a change that did not come to its end by itself; null where it did.</summary>
    /// <param name="status">What the host says.</param>
    /// <param name="limit">Its time limit.</param>
    public static AttemptOutcome? OfEnd(OperationStatus status, TimeSpan limit)
    {
        if (status.State == OperationState.Completed && !status.TimedOut && status.Signal is null)
        {
            return null;
        }

        var how = status.TimedOut ? $"did not end within {limit.TotalSeconds:0} s" : status.Signal is { } s ? $"was ended by signal {s}" : "was interrupted";
        return new AttemptOutcome(ItemState.Escalated, FailureMode.Hang, $"the change {how}");
    }

    /// <summary>What the verdicts mean. The rule's own verdict is final: what the script printed does not count against a pass.</summary>
    public static AttemptOutcome Of(Draft draft, OperationStatus status, VerificationResult evaluated)
    {
        if (evaluated.TurnedRed.Count > 0)
        {
            var others = string.Join(", ", evaluated.TurnedRed);
            // A conflict rules out a fix that the vendor stands for, and with it the item; of a model's guess it rules out the guess.
            return IsGuess(draft.Action)
                ? new AttemptOutcome(ItemState.Escalated, FailureMode.Regression, $"it turned {others} red")
                : new AttemptOutcome(ItemState.Waived, FailureMode.Regression, $"conflicts with {others}: this fix turned it red; what passed first stays");
        }

        return evaluated.Verdict.Kind switch
        {
            VerdictKind.Pass => new AttemptOutcome(ItemState.Remediated, FailureMode.None, ""),
            VerdictKind.NotApplicable when !status.Changes.IsEmpty => new AttemptOutcome(
                ItemState.Escalated, FailureMode.EvaluatorGap, "the change made the rule not applicable instead of passing; taken back"),
            VerdictKind.NotApplicable => new AttemptOutcome(ItemState.NotApplicable, FailureMode.None, "does not apply to this machine any more"),
            VerdictKind.Fail when draft.Action.ExitCodeCounts && !status.Succeeded => Refused(status),
            // A vendor's fix may wait for the reboot that its rule wants; what a model thinks is right has no such credit.
            VerdictKind.Fail when (draft.Action.NeedsReboot || (draft.Entry.Finding.NeedsReboot && !IsGuess(draft.Action))) && !status.Changes.IsEmpty =>
                new AttemptOutcome(ItemState.Deferred, FailureMode.NeedsReboot, "changed; passes at the earliest after a reboot"),
            VerdictKind.Fail when !status.Succeeded => Refused(status),
            VerdictKind.Fail when status.Changes.IsEmpty => new AttemptOutcome(
                ItemState.Escalated, FailureMode.FalseSuccess, $"the fix claims success and changed nothing; the rule still fails{Because(evaluated, status)}"),
            VerdictKind.Fail => new AttemptOutcome(
                ItemState.Escalated, FailureMode.EvaluatorGap, $"the fix ran and the host is healthy, but the rule still fails{Because(evaluated, status)}"),
            var other => new AttemptOutcome(ItemState.Escalated, FailureMode.EvaluatorError, $"the check says {other}: {evaluated.Verdict.Detail}"),
        };
    }

    // What a proposer or a model thought of; nobody stands for it.
    private static bool IsGuess(ForgeAction action) => action is TypedAction || action.Arm == Worker.Arm;

    /// <summary>How a change ends that was taken back: one that the machine itself interrupted (power, a kill from outside) is not the fix's fault and is tried again.</summary>
    public static AttemptOutcome AfterRevert(Draft draft, OperationStatus status, AttemptOutcome reverted, int mostAttempts) =>
        status.State == OperationState.Interrupted && reverted.Mode == FailureMode.Hang && draft.Attempt < mostAttempts
            ? new AttemptOutcome(ItemState.Queued, FailureMode.None, "the machine went down during the change; taken back and queued again")
            : reverted;

    /// <summary>Whether a change with this outcome stays.</summary>
    public static bool Keeps(AttemptOutcome outcome) => outcome.State is ItemState.Remediated or ItemState.Deferred;

    private static AttemptOutcome Refused(OperationStatus status) =>
        new(ItemState.Escalated, FailureMode.CleanFailure, $"the fix ended with exit code {status.ExitCode}: {LastLine(status.Error)}");

    private static string Because(VerificationResult evaluated, OperationStatus status) =>
        evaluated.Verdict.Detail.Length > 0 ? $": {evaluated.Verdict.Detail}" : LastLine(status.Error) is { Length: > 0 } line ? $" (the fix said: {line})" : "";

    private static string LastLine(string text)
    {
        var line = text.TrimEnd().Split('\n')[^1].Trim();
        return line.Length > 200 ? line[..200] + "…" : line;
    }
}
