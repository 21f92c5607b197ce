using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Store.Reports;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Reports;

public sealed class TheSentence
{
    [Fact]
    public void Is_that_of_the_tour()
    {
        var summary = Summary(remediated: 112, escalated: 4, decisions: 5, waived: 13);
        Assert.Equal(
            """
            Run 20261121-0912-practice-stig-7f3a: 134 findings, 112 remediated (83.6 % of all, 96.6 % of attempted), 5 need a decision, 0 regressions,
            rebooted twice, verified from outside after the last boot. 6:02 (scanner 2:10, target 2:31, reboot 0:48, model 0:27, harness 0:06).
            Report: /r/report.html
            """,
            SummarySentence.Of(Home.Run() with { Status = RunStatus.ItemsLeft }, summary, "/r/report.html"));
    }

    [Fact]
    public void Knows_one_from_many()
    {
        var target = Summary(1, 0, 1, 0).Targets[0] with { Reboots = 1, Regressions = [new("a", null)], FalseSuccesses = 1 };
        var lines = SummarySentence.Lines(
            Home.Run() with { Status = RunStatus.ItemsLeft },
            new() { Targets = [target], Elapsed = TimeSpan.FromSeconds(3725.6) });
        Assert.Equal("Run 20261121-0912-practice-stig-7f3a: 2 findings, 1 remediated (50.0 % of all, 100.0 % of attempted), 1 needs a decision, 1 regression, 1 false success,", lines[0]);
        Assert.StartsWith("rebooted once, verified from outside after the last boot. 1:02:06 (", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_no_verification_that_did_not_happen()
    {
        var target = Summary(1, 0, 0, 0).Targets[0] with { After = null, Reboots = 3 };
        var text = SummarySentence.Of(Home.Run() with { Status = RunStatus.Stopped, Reason = "the user pressed Ctrl+C." }, new() { Targets = [target] });
        Assert.Contains("rebooted 3 times, not verified by a last full scan.", text, StringComparison.Ordinal);
        Assert.EndsWith("Stopped: the user pressed Ctrl+C.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_rates_where_there_is_nothing_to_divide_by()
    {
        Assert.Contains(": 0 findings, 0 remediated, 0 need a decision,", SummarySentence.Of(Home.Run(), Summary(0, 0, 0, 0)), StringComparison.Ordinal);
        Assert.Contains("(0.0 % of all, none attempted)", SummarySentence.Of(Home.Run(), Summary(0, 0, 2, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_over_how_many_targets_it_adds_up()
    {
        var one = Summary(3, 1, 0, 0).Targets[0];
        var text = SummarySentence.Of(Home.Run(), new() { Targets = [one, one with { Target = "web01", Reboots = 0 }] });
        Assert.Contains("8 findings, 6 remediated (75.0 % of all, 75.0 % of attempted)", text, StringComparison.Ordinal);
        Assert.Contains("(over 2 targets: scanner 4:20,", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9999, "99.9 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(0.0001, "0.1 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(0.6194, "61.9 %")]
    public void Never_rounds_to_all_or_nothing(double share, string expected) => Assert.Equal(expected, SummarySentence.Percent(share));

    private static RunSummary Summary(int remediated, int escalated, int decisions, int waived)
    {
        List<ItemResult> items =
        [
            .. Items(remediated, ItemState.Remediated, 1),
            .. Items(escalated, ItemState.Escalated, 2),
            .. Items(decisions, ItemState.NeedsDecision, 0),
            .. Items(waived, ItemState.Waived, 0),
        ];
        return new() { Elapsed = TimeSpan.FromSeconds(362), Targets = [Night.Summary(items, items.Count, remediated)] };
    }

    private static IEnumerable<ItemResult> Items(int count, ItemState outcome, int attempts) =>
        Enumerable.Range(0, count).Select(i => Samples.Item with { Id = $"{outcome}{i}", Outcome = outcome, Attempts = attempts });
}
