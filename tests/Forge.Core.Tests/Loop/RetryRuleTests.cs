using Forge.Core.Actions;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Loop;

public class RetryRuleTests
{
    private static readonly Skill Three = new() { Name = "s", Title = "s", Engine = "e", Folder = "/", MaxAttempts = 3, ItemBudget = TimeSpan.FromMinutes(10) };

    private static readonly Dictionary<string, IReadOnlyList<Resource>> Touches = new() { ["a"] = [new Resource(ResourceKind.File, "/etc/a")] };

    private readonly TargetLedger _ledger = new("t");
    private long _line;

    [Fact]
    public void Nothing_changed_so_nothing_is_tried_again()
    {
        Fail("a", FailureMode.CleanFailure);

        Assert.False(MayRetry("a"));
    }

    [Fact]
    public void What_it_touches_was_changed_by_another_item()
    {
        Fail("a", FailureMode.EvaluatorGap);
        Keep("b", "/etc/a");

        Assert.True(MayRetry("a"));
    }

    [Fact]
    public void A_change_elsewhere_is_none_of_its_business()
    {
        Fail("a", FailureMode.EvaluatorGap);
        Keep("b", "/etc/b");

        Assert.False(MayRetry("a"));
    }

    [Fact]
    public void A_reboot_is_worth_one_more_attempt_and_not_a_third()
    {
        Fail("a", FailureMode.CleanFailure);
        Reboot();
        Assert.True(MayRetry("a"));

        Fail("a", FailureMode.CleanFailure, 2);
        Reboot();

        Assert.False(MayRetry("a"));
    }

    [Fact]
    public void What_a_reboot_took_away_is_not_done_again_the_same_way()
    {
        Fail("a", FailureMode.LostAfterReboot);
        Reboot();

        Assert.False(MayRetry("a"));
    }

    [Fact]
    public void An_item_that_took_all_its_time_is_left()
    {
        Fail("a", FailureMode.CleanFailure, 1, TimeSpan.FromMinutes(11));
        Reboot();

        Assert.False(MayRetry("a"));
    }

    private bool MayRetry(string id) => RetryRule.MayRetry(_ledger.Find(id)!, _ledger, Touches, Three);

    private void Fail(string id, FailureMode mode, int attempt = 1, TimeSpan elapsed = default)
    {
        Begin(id, attempt);
        End(id, ItemState.Escalated, mode, elapsed);
    }

    private void Keep(string id, string file)
    {
        Begin(id, 1);
        Take(new ResultWritten("op-" + id, OperationState.Completed, 0, null, false, null, null, 0, new HostChanges { Files = [file] }), id);
        End(id, ItemState.Remediated, FailureMode.None, default);
    }

    private void Reboot()
    {
        Take(new RebootIntent("why", "one", "k"), null);
        Take(new RebootEnded("two", "k", 1), null);
    }

    private void Begin(string id, int attempt)
    {
        if (_ledger.Find(id) is null)
        {
            Take(new ItemQueued(BatchTests.Draft(id, "true").Entry.Finding, "phase"), id);
        }

        Take(new AttemptStarted(attempt, "content", id, ActionRisk.Reversible, ""), id);
    }

    private void End(string id, ItemState state, FailureMode mode, TimeSpan elapsed) => Take(
        new ItemEnded(new ItemResult { Id = id, Target = "t", RunId = "r", Title = id, Outcome = state, FailureMode = mode, Elapsed = elapsed }), id);

    private void Take(ForgeEvent e, string? item) => _ledger.Apply(new JournalLine(++_line, DateTimeOffset.UnixEpoch, e with { Target = "t", Item = item }, ""));
}
