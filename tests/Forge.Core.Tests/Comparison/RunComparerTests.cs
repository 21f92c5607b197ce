using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Comparison;

public class RunComparerTests
{
    [Fact]
    public void Items_are_paired_by_platform_and_id_whatever_the_lab_machine_was_called()
    {
        var comparison = RunComparer.Compare([Given.Run("a", "RREEA", "demo-1")], [Given.Run("b", "RERED", "demo-2")]);

        Assert.Equal((5, 1, 2, 1, 1), (comparison.Pairs, comparison.Both, comparison.OnlyReference, comparison.OnlyDifference, comparison.Neither));
        Assert.Equal(["item001", "item002", "item004"], comparison.Disagreements.Select(d => d.Id));
        Assert.Equal("item004: AlreadyPassing | NeedsDecision", comparison.Disagreements[2].ToString());
    }

    [Fact]
    public void Both_sides_have_both_denominators()
    {
        var comparison = RunComparer.Compare([Given.Run("a", "RRREAD")], [Given.Run("b", "RRRRRR")]);

        Assert.Equal((6, 4, 4, 3), (comparison.Reference.Items, comparison.Reference.Attempted, comparison.Reference.Fixed, comparison.Reference.FixedOfAttempted));
        Assert.Equal(0.75, comparison.Reference.RateOfAttempted);
        Assert.Equal(1, comparison.Difference.RateOfAll);
        Assert.Equal("a: 4 of 6 fixed (66.7 %, 30.0 to 90.3), 3 of 4 attempted (75.0 %, 30.1 to 95.4)", comparison.Reference.ToString());
    }

    [Fact]
    public void A_difference_within_the_noise_is_not_claimed()
    {
        var comparison = RunComparer.Compare([Given.Run("a", new string('R', 90) + "EEEEEEE")], [Given.Run("b", "EE" + new string('R', 95))]);

        Assert.Equal(ComparisonVerdict.NoDifferenceShown, comparison.Verdict);
        Assert.Equal(
            "No difference that the data can show: of 97 items in both, the reference fixed 90 and the difference 95 (2 only the one, 7 only the other; +5.2 points, "
            + "95 % interval -1.3 to 12.3, exact McNemar p = 0.18).",
            comparison.Sentence);
    }

    [Fact]
    public void A_difference_beyond_the_noise_is_claimed_and_the_other_way_round_it_is_worse()
    {
        RunRecord one = Given.Run("a", new string('R', 80) + new string('E', 20)), other = Given.Run("b", new string('R', 95) + new string('E', 5));

        Assert.Equal(ComparisonVerdict.Better, RunComparer.Compare([one], [other]).Verdict);
        Assert.StartsWith("Better: of 100 items in both", RunComparer.Compare([one], [other]).Sentence, StringComparison.Ordinal);
        Assert.Equal(ComparisonVerdict.Worse, RunComparer.Compare([other], [one]).Verdict);
    }

    [Theory]
    [InlineData("EEEEE", "RRRRR", "With 5 items no outcome could have shown one: at least 6 must differ.")]
    [InlineData("RRRREEEE", "RRRRRRRE", "Only 3 items differ; fewer than 6 can never show one.")]
    public void Where_no_outcome_could_have_shown_a_difference_it_says_so(string reference, string difference, string sentence)
    {
        var comparison = RunComparer.Compare([Given.Run("a", reference)], [Given.Run("b", difference)]);

        Assert.Equal(ComparisonVerdict.NoDifferenceShown, comparison.Verdict);
        Assert.EndsWith(sentence, comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_both_had_is_compared_and_the_rest_is_counted_with_its_reason()
    {
        var reference = Given.Run("a", Given.Target("a", "RRRN"), Given.Target("a", "RR", "old", "rhel-9-x86_64"));
        var difference = Given.Run("b", "RRRRRRR", profile: "level1");

        var comparison = RunComparer.Compare([reference], [difference]);

        Assert.Equal(3, comparison.Pairs);
        Assert.Equal(
            [
                "2 only in the reference: the difference has nothing of stig on rhel-9-x86_64",
                "3 only in the difference: no finding in the reference (the sides differ in profile)",
                "1 in both, but not applicable any more on at least one side",
            ],
            comparison.LeftOut.Select(l => l.ToString()));
        Assert.Equal(["profile: level2 | level1"], comparison.Circumstances);
    }

    [Fact]
    public void An_item_that_ran_often_counts_once_and_neither_side_gets_more_tries()
    {
        RunRecord[] reference = [Given.Run("a", "RRE"), Given.Run("b", "REE"), Given.Run("c", "RRE")];
        RunRecord[] difference = [Given.Run("d", "RRR"), Given.Run("e", "RRE"), Given.Run("f", "ERR"), Given.Run("g", "EEE")];

        var comparison = RunComparer.Compare(reference, difference);

        Assert.Equal((3, 2, 0, 1), (comparison.Pairs, comparison.Both, comparison.OnlyReference, comparison.OnlyDifference));
        Assert.Equal("3 results of items that one side ran more often than the other", Assert.Single(comparison.LeftOut).ToString());
        Assert.EndsWith("An item counts once, as most of its up to 3 results on each side.", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_side_has_more_machines_those_that_both_have_are_compared()
    {
        var reference = Given.Run("a", "RRRR", "web01");
        var difference = Given.Run("b", Given.Target("b", "EEEE", "new"), Given.Target("b", "RRRR", "web01"));

        Assert.Equal(4, RunComparer.Compare([reference], [difference]).Both);
    }

    [Fact]
    public void Times_are_described_over_what_both_attempted()
    {
        var comparison = RunComparer.Compare([Given.Run("a", "RRRRRRRRD", seconds: 2)], [Given.Run("b", "RRRRRRRRR", seconds: 0.5)]);

        Assert.Equal("-1.50 s an item (median of 8; 8 took less, 0 more; described, not tested)", comparison.Time!.ToString());
        Assert.Null(RunComparer.Compare([Given.Run("a", "DD")], [Given.Run("b", "RR")]).Time);
    }

    [Fact]
    public void More_regressions_are_held_against_a_run()
    {
        var target = Given.Target("b", "RRRRRRRRRR") with { Regressions = [new Regression("x", "item001")] };

        var comparison = RunComparer.Compare([Given.Run("a", "EEEEEEEEER")], [Given.Run("b", target)]);

        Assert.Equal(ComparisonVerdict.Better, comparison.Verdict);
        Assert.EndsWith("Against that, 1 item that passed before fails after the difference (0 after the reference).", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_lost_target_did_not_reach_is_said()
    {
        var comparison = RunComparer.Compare([Given.Run("a", "RRRR")], [Given.Run("b", "RR") with { Status = RunStatus.TargetLost }]);

        Assert.EndsWith("What the difference did not reach is left out: b ended early.", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_twice_is_refused() => Refused("RunGivenTwice", [Given.Run("a", "R")], [Given.Run("a", "R")]);

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Stopped)]
    [InlineData(RunStatus.Abandoned)]
    public void A_run_that_has_not_ended_is_refused(RunStatus status) => Refused("RunNotEnded", [Given.Run("a", "R") with { Status = status }], [Given.Run("b", "R")]);

    [Fact]
    public void Runs_with_nothing_in_common_are_refused()
    {
        Refused("NothingToCompare", [Given.Run("a", "R")], [Given.Run("b", "R", platform: "rhel-9-x86_64")]);
        Refused("NothingToCompare", [Given.Run("a", "R")], [Given.Run("b", "R") with { Skill = "cve" }]);
        Refused("NothingToCompare", [Given.Run("a", "")], [Given.Run("b", "R")]);
        Refused("NothingToCompare", [Given.Run("a", "N")], [Given.Run("b", "R")]);
    }

    [Fact]
    public void A_claim_always_has_both_the_test_and_the_interval_behind_it_and_turns_round_with_the_sides() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Gen.Elements('R', 'E', 'A', 'D').ListOf().Where(l => l.Count > 0).Two().ToArbitrary(), letters =>
        {
            var size = Math.Min(letters.Item1.Count, letters.Item2.Count);
            RunRecord one = Given.Run("a", string.Concat(letters.Item1.Take(size))), other = Given.Run("b", string.Concat(letters.Item2.Take(size)));
            RunComparison there = RunComparer.Compare([one], [other]), back = RunComparer.Compare([other], [one]);
            var claims = there.PValue < ExactSignTest.Level && !there.ChangeInterval.Contains(0);
            return claims == (there.Verdict != ComparisonVerdict.NoDifferenceShown)
                && there.Sentence.StartsWith("No difference that the data can show", StringComparison.Ordinal) != claims
                && there.Both + there.OnlyReference + there.OnlyDifference + there.Neither == there.Pairs
                && there.PValue == back.PValue
                && there.Verdict == back.Verdict switch
                {
                    ComparisonVerdict.Better => ComparisonVerdict.Worse,
                    ComparisonVerdict.Worse => ComparisonVerdict.Better,
                    _ => ComparisonVerdict.NoDifferenceShown,
                };
        }));

    private static void Refused(string id, IReadOnlyList<RunRecord> reference, IReadOnlyList<RunRecord> difference)
    {
        var error = Assert.Throws<ForgeException>(() => RunComparer.Compare(reference, difference));
        Assert.Equal((id, ForgeErrorKind.BadInput), (error.Id, error.Kind));
        Assert.NotNull(error.NextStep);
    }
}
