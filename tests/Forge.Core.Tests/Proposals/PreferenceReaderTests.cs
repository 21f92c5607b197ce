using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Proposals.Preferences;

namespace Forge.Core.Tests.Proposals;

public sealed class PreferenceReaderTests
{
    private const string Wrong = """{"action":"package","name":"telnetd","state":"absent"}""";
    private const string Right = """{"action":"package","name":"telnet","state":"absent"}""";

    [Fact]
    public async Task The_proven_action_is_chosen_and_what_failed_or_was_refused_is_rejected()
    {
        var preference = Assert.Single(await ReadAsync([
            Queued(), Refused("""{"action":"service","name":"ssh","state":"disabled"}""", FailureMode.PolicyViolation), Refused("no json at all", FailureMode.Unreadable),
            .. Tried(1, Wrong, ItemState.Escalated, FailureMode.EvaluatorGap), .. Tried(2, Right, ItemState.Remediated)]));
        Assert.Equal(("rule", "Remove telnet", "It is not encrypted."), (preference.Id, preference.Text.Title, preference.Text.Body));
        Assert.Equal(["telnet"], preference.Text.Names);
        Assert.Equal((Right, "model"), (preference.Chosen!.Value.GetRawText(), preference.Arm));
        Assert.Equal(["not named by the item", "EvaluatorGap"], preference.Rejected.Select(r => r.Why));
        Assert.Equal(["run"], preference.Runs);
    }

    [Fact]
    public async Task What_was_lost_or_taken_back_later_is_not_proven()
    {
        Assert.Null(Assert.Single(await ReadAsync([Queued(), .. Tried(1, Right, ItemState.Remediated), Ended(ItemState.Escalated, FailureMode.LostAfterReboot)])).Chosen);
        Assert.Empty(await ReadAsync([Queued(), .. Tried(1, Right, ItemState.Remediated), new UndoIntent("op1", "another item") { Target = "t", Item = "rule" }]));
    }

    [Fact]
    public async Task A_deferred_action_that_holds_after_the_reboot_is_proven()
        => Assert.NotNull(Assert.Single(await ReadAsync([Queued(), .. Tried(1, Right, ItemState.Deferred, FailureMode.NeedsReboot), Ended(ItemState.Remediated)])).Chosen);

    [Theory]
    [InlineData(FailureMode.TargetLost)]
    [InlineData(FailureMode.DiskFull)]
    [InlineData(FailureMode.EvaluatorError)]
    [InlineData(FailureMode.BudgetExhausted)]
    public async Task What_the_machine_or_the_harness_did_is_not_held_against_an_action(FailureMode mode)
        => Assert.Empty(await ReadAsync([Queued(), .. Tried(1, Wrong, ItemState.Escalated, mode)]));

    [Fact]
    public async Task The_vendors_script_scripts_and_sequences_give_nothing()
    {
        Assert.Empty(await ReadAsync([Queued(), Started(1, "content"), Ended(ItemState.Remediated)]));
        Assert.Empty(await ReadAsync([Queued(), .. Tried(1, """{"action":"run-script","script":"true"}""", ItemState.Remediated)]));
        Assert.Empty(await ReadAsync([Queued(), .. Tried(1, $$"""{"action":"sequence","steps":[{{Right}}]}""", ItemState.Remediated)]));
    }

    [Fact]
    public async Task A_later_fix_by_the_vendor_does_not_make_an_earlier_proposal_right()
    {
        var preference = Assert.Single(await ReadAsync([Queued(), .. Tried(1, Wrong, ItemState.Escalated, FailureMode.CleanFailure), Started(2, "content"), Ended(ItemState.Remediated)]));
        Assert.Null(preference.Chosen);
        Assert.Equal("CleanFailure", Assert.Single(preference.Rejected).Why);
    }

    [Fact]
    public async Task What_several_runs_show_of_the_same_is_one()
    {
        var reader = new PreferenceReader();
        await reader.AddAsync("one", Lines([Queued(), .. Tried(1, Right, ItemState.Remediated), End]), CancellationToken.None);
        await reader.AddAsync("two", Lines([Queued(), .. Tried(1, Wrong, ItemState.Escalated, FailureMode.Hang), .. Tried(2, """{"name":"telnet","state":"absent","action":"package"}""", ItemState.Remediated), End]), CancellationToken.None);
        var preference = Assert.Single(reader.End());
        Assert.Equal(["one", "two"], preference.Runs);
        Assert.Equal("Hang", Assert.Single(preference.Rejected).Why);
    }

    [Fact]
    public async Task A_journal_without_an_end_gives_nothing()
    {
        var reader = new PreferenceReader();
        Assert.Equal("RunNotEnded", (await Assert.ThrowsAsync<ForgeException>(() => reader.AddAsync("run", Lines([Queued(), .. Tried(1, Right, ItemState.Remediated)]), CancellationToken.None))).Id);
        Assert.Empty(reader.End());
    }

    private static RunEnded End => new(RunStatus.Succeeded, "");

    private static async Task<IReadOnlyList<Preference>> ReadAsync(ForgeEvent[] events)
    {
        var reader = new PreferenceReader();
        await reader.AddAsync("run", Lines([.. events, End]), CancellationToken.None);
        return reader.End();
    }

    private static IAsyncEnumerable<JournalLine> Lines(ForgeEvent[] events) => events.Select((e, i) => new JournalLine(i + 1, DateTimeOffset.UnixEpoch, e, "")).ToAsyncEnumerable();

    private static ForgeEvent Queued() => Of(new ItemQueued(
        new Finding
        {
            Id = "rule", Target = "t", Skill = "stig", Title = "Remove telnet", Description = "It is not encrypted.",
            Resources = [new(ResourceKind.Package, "telnet"), new(ResourceKind.File, "telnet")],
        },
        "packages"));

    private static ForgeEvent Refused(string proposal, FailureMode mode) => Of(new ActionProposed(1, 0, proposal, "", "", mode, "not named by the item"));

    private static ForgeEvent Started(int attempt, string arm) => Of(new AttemptStarted(attempt, arm, "", ActionRisk.Reversible, ""));

    private static ForgeEvent Ended(ItemState state, FailureMode mode = FailureMode.None) =>
        Of(new ItemEnded(new ItemResult { Id = "rule", Target = "t", RunId = "run", Outcome = state, FailureMode = mode }));

    private static ForgeEvent[] Tried(int attempt, string proposal, ItemState state, FailureMode mode = FailureMode.None) =>
    [
        Of(new ActionProposed(attempt, attempt, proposal, "", "", FailureMode.None, "")), Started(attempt, "model"),
        Of(new IntentWritten($"op{attempt}", 1, attempt, "apply", "", "host-journal", null, null)), Ended(state, mode),
    ];

    private static ForgeEvent Of(ForgeEvent @event) => @event with { Target = "t", Item = "rule" };
}
