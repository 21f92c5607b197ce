using Forge.Core.Checkpoints;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Operations;

namespace Forge.Core.Tests.Loop;

public class TargetLedgerTests
{
    private readonly TargetLedger _ledger = new("web01");
    private long _sequence;

    [Fact]
    public void An_intent_without_a_result_stays_open_until_the_result_comes()
    {
        Queue("a");
        Take(Intent("op1"), "a");

        Assert.Equal("op1", Assert.Single(_ledger.OpenIntents).Intent.OperationId);

        Take(Result("op1"), "a");

        Assert.Empty(_ledger.OpenIntents);
    }

    [Fact]
    public void An_attempt_that_did_not_end_is_taken_up_under_its_own_number()
    {
        Queue("a");
        Take(new AttemptStarted(1, "content", "s", Core.Actions.ActionRisk.Reversible, ""), "a");

        Assert.Equal(1, _ledger.Find("a")!.OpenAttempt);

        End("a", ItemState.Escalated, FailureMode.EvaluatorGap);

        Assert.Equal(0, _ledger.Find("a")!.OpenAttempt);
        Assert.True(_ledger.Find("a")!.IsRetryable);
    }

    [Fact]
    public void Only_what_was_kept_counts_as_a_change()
    {
        Queue("kept", "undone");
        Take(Result("op1"), "kept");
        End("kept", ItemState.Remediated);
        Take(Result("op2"), "undone");
        Take(new UndoIntent("op2", "no"), "undone");
        Take(new UndoEnded("op2", true, [], 1), "undone");
        End("undone", ItemState.Escalated, FailureMode.EvaluatorGap);

        Assert.Single(_ledger.AllKept);
        Assert.Equal("op1", Assert.Single(_ledger.AllKept).Id.Value);
    }

    [Fact]
    public void A_revert_from_outside_queues_again_what_it_lost_and_nothing_else()
    {
        Queue("before", "after");
        Take(Result("op1"), "before");
        End("before", ItemState.Remediated);
        Take(new CheckpointTaken(new Checkpoint("c1", "k", true, DateTimeOffset.UnixEpoch), 1));
        Take(Result("op2"), "after");
        End("after", ItemState.Remediated);
        Take(Intent("op3"), "x");
        Take(new CheckpointReverted("c1", "r", ["after"], 1));

        Assert.Equal(ItemState.Remediated, _ledger.Find("before")!.State);
        Assert.Equal(ItemState.Queued, _ledger.Find("after")!.State);
        Assert.Empty(_ledger.OpenIntents);
        Assert.Equal("op1", Assert.Single(_ledger.AllKept).Id.Value);
    }

    [Fact]
    public void What_is_called_remediated_and_fails_in_the_last_scan_is_a_false_success_until_it_is_called_what_it_is()
    {
        Queue("a");
        Scan("a", VerdictKind.Fail);
        End("a", ItemState.Remediated);
        Scan("a", VerdictKind.Fail);

        Assert.Equal(1, Summary().FalseSuccesses);

        End("a", ItemState.Escalated, FailureMode.LostAfterReboot);

        Assert.Equal(0, Summary().FalseSuccesses);
    }

    [Fact]
    public void What_was_seen_under_a_change_that_is_taken_back_is_forgotten_with_it()
    {
        Queue("a", "b");
        Take(new ScanEnded("before", new ScanCounts(0, 2, 0, 0, 0), new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Fail, ["b"] = VerdictKind.Fail }, null, 1, new Dictionary<string, string>()));
        Take(new Evaluated(VerdictKind.Pass, "", "slim", new Dictionary<string, VerdictKind> { ["b"] = VerdictKind.Pass }, null, 1), "a");
        End("a", ItemState.Escalated, FailureMode.HealthFailure);

        Assert.Equal((VerdictKind.Fail, VerdictKind.Fail), (_ledger.Verdicts["a"], _ledger.Verdicts["b"]));
    }

    [Fact]
    public void A_resumed_run_takes_up_what_was_skipped_because_the_target_was_lost()
    {
        Queue("lost", "declined");
        End("lost", ItemState.Skipped, FailureMode.TargetLost);
        End("declined", ItemState.Skipped);
        Take(new TargetParked("gone", "login"));
        _ledger.Apply(new JournalLine(99, default, new RunResumed(98), ""));

        Assert.Equal((ItemState.Queued, ItemState.Skipped, ""), (_ledger.Find("lost")!.State, _ledger.Find("declined")!.State, _ledger.Parked));
    }

    [Fact]
    public void Time_is_split_by_what_the_events_say_and_the_rest_is_the_harness()
    {
        Queue("a");
        Take(new ScanEnded("before", new ScanCounts(0, 1, 0, 0, 0), new Dictionary<string, VerdictKind>(), null, 10, new Dictionary<string, string>()));
        Take(new Probed(true, [], "", 2));
        Take(new RebootIntent("r", "b", "k"));
        Take(new RebootEnded("b2", "k", 5));

        var split = _ledger.Time.Split(TimeSpan.FromSeconds(20));

        Assert.Equal((10, 2, 5, 3), ((int)split.Scanner.TotalSeconds, (int)split.Target.TotalSeconds, (int)split.Reboot.TotalSeconds, (int)split.Harness.TotalSeconds));
    }

    [Fact]
    public void Requests_to_models_of_every_kind_are_added_up()
    {
        Take(new ProposerAsked(new ModelUsage(200, 0, 30, 0, 0, 0), 0.5));
        Take(new ModelAsked(ModelRole.Worker, "m", 1, "r", "a", new ModelUsage(1000, 900, 70, 0, 0, 0), 1.5, "", []));

        Assert.Equal((1300, 2), (_ledger.Time.Tokens, (int)_ledger.Time.Split(TimeSpan.FromSeconds(9)).Model.TotalSeconds));
    }

    [Fact]
    public void A_request_that_lost_its_model_is_the_models_time()
    {
        Take(new ModelLost("m", "gone", 3));

        Assert.Equal(3, _ledger.Time.Split(TimeSpan.FromSeconds(9)).Model.TotalSeconds);
    }

    [Fact]
    public void The_time_of_a_runs_sessions_counts_and_the_pause_between_them_does_not()
    {
        var start = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
        At(start, new Probed(true, [], "", 2));
        At(start.AddSeconds(10), new Probed(true, [], "", 3));
        _ledger.Apply(new JournalLine(3, start.AddHours(5), new RunResumed(2), ""));
        At(start.AddHours(5).AddSeconds(1), new Probed(true, [], "", 1));

        var summary = RunSummarizer.Summarize([_ledger], new Dictionary<string, TimeSpan>(), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10));

        Assert.Equal(14, summary.Elapsed.TotalSeconds);
        // The first line tells of two seconds before it.
        Assert.Equal((6, 10), (summary.Targets[0].Split.Target.TotalSeconds, summary.Targets[0].Split.Harness.TotalSeconds));

        void At(DateTimeOffset time, ForgeEvent e) => _ledger.Apply(new JournalLine(++_sequence, time, e with { Target = "web01" }, ""));
    }

    [Fact]
    public void Events_of_another_target_are_not_taken()
    {
        _ledger.Apply(new JournalLine(1, default, new TargetParked("x", "") { Target = "other" }, ""));

        Assert.Equal("", _ledger.Parked);
    }

    private TargetSummary Summary() =>
        RunSummarizer.Summarize([_ledger], new Dictionary<string, TimeSpan>(), TimeSpan.FromSeconds(1), TimeSpan.Zero).Targets.Single();

    private void Scan(string id, VerdictKind verdict) =>
        Take(new ScanEnded("round", new ScanCounts(0, 0, 0, 0, 0), new Dictionary<string, VerdictKind> { [id] = verdict }, null, 1, new Dictionary<string, string>()));

    private void Queue(params string[] ids)
    {
        foreach (var id in ids)
        {
            Take(new ItemQueued(new Finding { Id = id, Target = "web01", Skill = "s", Title = id }, "p"), id);
        }
    }

    private void End(string id, ItemState state, FailureMode mode = FailureMode.None) =>
        Take(new ItemEnded(new ItemResult { Id = id, Target = "web01", RunId = "r", Outcome = state, FailureMode = mode, Reason = "because" }), id);

    private static IntentWritten Intent(string op) => new(op, 1, 1, "apply", "blob", "host-journal", null, null);

    private static ResultWritten Result(string op) => new(op, OperationState.Completed, 0, null, false, null, null, 0, new HostChanges { Files = ["/etc/x"] });

    private void Take(ForgeEvent e, string? item = null) => _ledger.Apply(new JournalLine(++_sequence, default, e with { Target = "web01", Item = item }, ""));
}
