using Forge.Core.Loop;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>When a model takes up an item, when the architect is asked, and when it ends. Pure.</summary>
public static class ThinkRule
{
    private const int MostRefusals = 3;
    private const int GapActions = 3;
    private const int EveryAttempts = 3;

    /// <summary>Whether a model may take up an item: no source before it fixed it, and nothing but a fix is missing.</summary>
    public static bool MayTake(ItemEntry entry) => entry.State == ItemState.Escalated && entry.OpenAttempt == 0 && entry.Thinking.Ended is null && ((entry.Result is { FailureMode: FailureMode.Regression, Arm: not "content" } && entry.Thinking.Proposals.Count > 0) || entry.Result?.FailureMode
        is FailureMode.NoFix or FailureMode.EvaluatorGap or FailureMode.FalseSuccess or FailureMode.CleanFailure or FailureMode.Hang or FailureMode.HealthFailure
        or FailureMode.PackageConflict or FailureMode.LostAfterReboot);

    /// <summary>Why the work of models on an item ends now; null where it goes on.</summary>
    public static ThinkStop? StopOf(ThoughtLog log, ThinkingLimits limits, TimeSpan spent)
    {
        if (spent >= limits.Time)
        {
            return new ThinkStop(FailureMode.BudgetExhausted, $"the time for a model on one item ({limits.Time:h\\:mm\\:ss}) is spent");
        }

        if (log.Tokens >= limits.Tokens)
        {
            return new ThinkStop(FailureMode.BudgetExhausted, $"{log.Tokens} tokens were spent, {limits.Tokens} are allowed for one item");
        }

        if (log.Attempts >= limits.Attempts || log.Thoughts.Count >= limits.Turns)
        {
            return new ThinkStop(FailureMode.BudgetExhausted, $"{log.Attempts} changes in {log.Thoughts.Count} turns did not make the check pass");
        }

        if (log.Thoughts.Count >= MostRefusals && log.Thoughts.TakeLast(MostRefusals).All(t => t.Mode is FailureMode.PolicyViolation or FailureMode.Unreadable))
        {
            var last = log.Thoughts[^1];
            return last.Mode == FailureMode.Unreadable
                ? new ThinkStop(last.Mode, $"{MostRefusals} answers in a row could not be read or were refused")
                : new ThinkStop(last.Mode, $"{MostRefusals} proposals in a row were refused, the last because {last.Reason}");
        }

        // The architect has been asked about it by now; the same again means that it does not help.
        if (IsPlateau(log) && HasAnswered(log, "plateau"))
        {
            return new ThinkStop(FailureMode.Plateau, "the model repeats itself: the same change with the same failure");
        }

        return IsScannerGap(log) && HasAnswered(log, "gap")
            ? new ThinkStop(FailureMode.EvaluatorGap, $"{GapActions} different changes left the host healthy and the rule red: the check may want something that no single action brings")
            : null;
    }

    /// <summary>Why the architect is to be asked now; null where it is not.</summary>
    public static ThinkTrigger? TriggerOf(ThoughtLog log)
    {
        if (log.Thoughts.Count == 0 || log.Plans.Any(p => p.Turn == log.Thoughts.Count))
        {
            return null;
        }

        if (IsPlateau(log))
        {
            return new ThinkTrigger("plateau", "the worker repeats itself: the same change with the same failure");
        }

        if (IsScannerGap(log) && !HasAnswered(log, "gap"))
        {
            return new ThinkTrigger("gap", "three different changes left the host healthy and the rule red");
        }

        var failed = log.Thoughts.Count(t => t.Attempt > 0 && t.Mode != FailureMode.None);
        return failed > 0 && failed % EveryAttempts == 0 && log.Thoughts[^1].Attempt > 0 ? new ThinkTrigger("attempts", $"{failed} changes failed") : null;
    }

    private static bool IsPlateau(ThoughtLog log) => log.Thoughts.Count > 1
        && (log.Thoughts[^1].Mode == FailureMode.Plateau || log.Thoughts[^1].Fingerprint == log.Thoughts[^2].Fingerprint) && log.Thoughts[^1].Mode != FailureMode.Unreadable;

    private static bool IsScannerGap(ThoughtLog log) =>
        log.Thoughts.Where(t => t.Attempt > 0 && t.Mode is FailureMode.EvaluatorGap or FailureMode.FalseSuccess).Select(t => t.Digest).Distinct(StringComparer.Ordinal).Count() >= GapActions;

    private static bool HasAnswered(ThoughtLog log, string trigger) => log.Plans.Any(p => p.Plan.Trigger == trigger && p.Turn < log.Thoughts.Count);
}
