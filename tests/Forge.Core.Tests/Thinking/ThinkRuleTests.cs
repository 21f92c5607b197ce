using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Skills;
using Forge.Core.Thinking;

namespace Forge.Core.Tests.Thinking;

public class ThinkRuleTests
{
    private static readonly ThinkingLimits Limits = new();

    [Theory]
    [InlineData(ItemState.Escalated, FailureMode.NoFix, true)]
    [InlineData(ItemState.Escalated, FailureMode.CleanFailure, true)]
    [InlineData(ItemState.Escalated, FailureMode.EvaluatorError, false)]
    [InlineData(ItemState.Escalated, FailureMode.DiskFull, false)]
    [InlineData(ItemState.NeedsDecision, FailureMode.None, false)]
    [InlineData(ItemState.Waived, FailureMode.Regression, false)]
    [InlineData(ItemState.Remediated, FailureMode.None, false)]
    public void A_model_takes_only_what_other_sources_could_not_fix(ItemState state, FailureMode mode, bool may)
    {
        var entry = new ItemEntry { Finding = new Finding { Id = "a", Target = "t", Skill = "s", Title = "a" }, State = state };
        entry.Result = new ItemResult { Id = "a", Target = "t", RunId = "r", Outcome = state, FailureMode = mode };
        Assert.Equal(may, ThinkRule.MayTake(entry));
        entry.Thinking.Apply(new ThinkingEnded(FailureMode.GivenUp, "enough"));
        Assert.False(ThinkRule.MayTake(entry));
    }

    [Fact]
    public void The_same_change_with_the_same_failure_asks_the_architect_once_and_then_ends()
    {
        var log = Log(Tried("a", FailureMode.CleanFailure), Repeated("a"));
        Assert.Equal("plateau", ThinkRule.TriggerOf(log)!.Name);
        Assert.Null(ThinkRule.StopOf(log, Limits, TimeSpan.Zero));
        log.Apply(new PlanMade("plateau", ArchitectVerdict.Pivot, "another way", true));
        Assert.Null(ThinkRule.TriggerOf(log));
        Assert.Null(ThinkRule.StopOf(log, Limits, TimeSpan.Zero));
        Take(log, Repeated("a"));
        Assert.Equal(FailureMode.Plateau, ThinkRule.StopOf(log, Limits, TimeSpan.Zero)!.Mode);
    }

    [Fact]
    public void Three_different_changes_that_leave_the_rule_red_are_a_gap_of_the_scanner()
    {
        var log = Log(Tried("a", FailureMode.EvaluatorGap), Tried("b", FailureMode.EvaluatorGap), Tried("c", FailureMode.FalseSuccess));
        Assert.Equal("gap", ThinkRule.TriggerOf(log)!.Name);
        log.Apply(new PlanMade("gap", ArchitectVerdict.Continue, "", false));
        Assert.Null(ThinkRule.StopOf(log, Limits, TimeSpan.Zero));
        Take(log, Tried("d", FailureMode.EvaluatorGap));
        Assert.Equal(FailureMode.EvaluatorGap, ThinkRule.StopOf(log, Limits, TimeSpan.Zero)!.Mode);
    }

    [Fact]
    public void Failures_of_distinct_kinds_ask_the_architect_after_every_third()
    {
        var log = Log(Tried("a", FailureMode.CleanFailure), Tried("b", FailureMode.Hang));
        Assert.Null(ThinkRule.TriggerOf(log));
        Take(log, Tried("c", FailureMode.HealthFailure));
        Assert.Equal("attempts", ThinkRule.TriggerOf(log)!.Name);
        log.Apply(new PlanMade("attempts", ArchitectVerdict.Continue, "", true));
        Assert.Null(ThinkRule.TriggerOf(log));
    }

    [Fact]
    public void Three_refusals_in_a_row_end_it_and_a_tried_change_between_them_does_not()
    {
        var log = Log(Refused("a"), Refused("b"), Tried("c", FailureMode.CleanFailure), Refused("d"));
        Assert.Null(ThinkRule.StopOf(log, Limits, TimeSpan.Zero));
        Take(log, Refused("e"));
        Take(log, Refused("f"));
        Assert.Equal(FailureMode.PolicyViolation, ThinkRule.StopOf(log, Limits, TimeSpan.Zero)!.Mode);
    }

    [Fact]
    public void Three_answers_that_cannot_be_read_end_it()
    {
        var log = Log(Garbage("x"), Garbage("y"), Garbage("x"));
        Assert.Null(ThinkRule.TriggerOf(log));
        Assert.Equal(FailureMode.Unreadable, ThinkRule.StopOf(log, Limits, TimeSpan.Zero)!.Mode);
    }

    [Fact]
    public void Time_tokens_and_attempts_are_bounded()
    {
        var log = Log(Tried("a", FailureMode.CleanFailure));
        Assert.Equal(FailureMode.BudgetExhausted, ThinkRule.StopOf(log, Limits, Limits.Time)!.Mode);
        Assert.Equal(FailureMode.BudgetExhausted, ThinkRule.StopOf(log, Limits with { Attempts = 1 }, TimeSpan.Zero)!.Mode);
        log.Apply(new ModelAsked(ModelRole.Worker, "m", 1, "", null, new ModelUsage(900, 0, 100, 0, 0, 0), 2, "", []));
        Assert.Equal(FailureMode.BudgetExhausted, ThinkRule.StopOf(log, Limits with { Tokens = 1000 }, TimeSpan.Zero)!.Mode);
        Assert.Null(ThinkRule.StopOf(log, Limits with { Tokens = 1001 }, TimeSpan.Zero));
    }

    [Fact]
    public void What_is_lost_over_a_reboot_counts_as_failed()
    {
        var log = Log(new ActionProposed(1, 1, "{}", "a", "a", FailureMode.None, ""));
        log.Apply(Ended(1, ItemState.Remediated, FailureMode.None, ""));
        Assert.Equal(FailureMode.None, log.Thoughts[0].Mode);
        log.Apply(Ended(1, ItemState.Escalated, FailureMode.LostAfterReboot, "fails after the reboot"));
        Assert.Equal(FailureMode.LostAfterReboot, log.Thoughts[0].Mode);
    }

    private static ThoughtLog Log(params (string Digest, FailureMode Mode, bool Ran)[] turns)
    {
        var log = new ThoughtLog();
        foreach (var turn in turns)
        {
            Take(log, turn);
        }

        return log;
    }

    private static ThoughtLog Log(ActionProposed proposed)
    {
        var log = new ThoughtLog();
        log.Apply(proposed);
        return log;
    }

    private static void Take(ThoughtLog log, (string Digest, FailureMode Mode, bool Ran) turn)
    {
        var number = log.Thoughts.Count + 1;
        var attempt = turn.Ran ? log.Attempts + 1 : 0;
        var readable = turn.Mode != FailureMode.Unreadable;
        log.Apply(new ActionProposed(number, attempt, turn.Digest, "", readable ? turn.Digest : "", turn.Ran ? FailureMode.None : turn.Mode, turn.Ran ? "" : "refused"));
        if (turn.Ran)
        {
            log.Apply(Ended(attempt, ItemState.Escalated, turn.Mode, "because"));
        }
    }

    private static ItemEnded Ended(int attempt, ItemState state, FailureMode mode, string reason) =>
        new(new ItemResult { Id = "a", Target = "t", RunId = "r", Outcome = state, FailureMode = mode, Attempts = attempt, Reason = reason });

    private static (string, FailureMode, bool) Tried(string digest, FailureMode mode) => (digest, mode, true);

    private static (string, FailureMode, bool) Repeated(string digest) => (digest, FailureMode.Plateau, false);

    private static (string, FailureMode, bool) Refused(string digest) => (digest, FailureMode.PolicyViolation, false);

    private static (string, FailureMode, bool) Garbage(string text) => (text, FailureMode.Unreadable, false);
}
