using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Core.Targets;
using Forge.Targets.Operations;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Operations;

public sealed class OperationTests(LabHost lab) : IClassFixture<LabHost>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_result_is_the_scripts()
    {
        var status = await lab.Host.ExecuteAsync(lab.Operation("echo out; echo err >&2; cat; sleep 0.2; exit 7", "result"), Now);
        Assert.Equal(OperationState.Completed, status.State);
        Assert.Equal(7, status.ExitCode);
        Assert.Equal("out\n", status.Output);
        Assert.Equal("err\n", status.Error);
        Assert.InRange(status.Elapsed.TotalSeconds, 0.15, 5);
        Assert.False(status.Succeeded);
        Assert.Equal("KILL", (await lab.Host.ExecuteAsync(lab.Operation("kill -9 $$", "killed"), Now)).Signal);
    }

    [Theory]
    [InlineData("printf '%s|' \"a'b\" `echo c` $((1+1)) '\\\\'\n\n", "a'b|c|2|\\\\|")]
    [InlineData("cat <<'E'\n$x 'q' \u00e4\nE\n", "$x 'q' \u00e4\n")]
    [InlineData("", "")]
    public async Task Any_text_is_a_script(string script, string output) =>
        Assert.Equal(output, (await lab.Host.ExecuteAsync(lab.Operation(script, "text" + output), Now)).Output);

    [Fact]
    public async Task The_same_operation_runs_once()
    {
        var operation = lab.Operation("echo run >>/root/counter; cat /root/counter", "once");
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lab.Host.ExecuteAsync(operation, Now)));
        Assert.All(all, status => Assert.Equal("run\n", status.Output));
        Assert.Equal("run\n", (await lab.Host.QueryAsync(operation.Id, Now)).Output);
        Assert.Equal("run\n", await lab.InsideAsync("cat /root/counter"));
    }

    [Fact]
    public async Task Little_is_left_of_one_on_the_host_and_it_can_still_be_taken_back()
    {
        var nothing = lab.Operation("true", "little0");
        var operation = lab.Operation("echo one >/etc/forge-little; echo said", "little1");
        await lab.Host.ExecuteAllAsync([nothing, operation], Now);

        Assert.Equal("journal\nrecorded\nreport\nstarted\n", await lab.InsideAsync($"ls /var/lib/forge/ops/{nothing.Id.Value}"));
        Assert.Equal("files\njournal\nnew\nrecorded\nreport\nstarted\n", await lab.InsideAsync($"ls /var/lib/forge/ops/{operation.Id.Value}"));
        Assert.Equal("said\n", (await lab.Host.QueryAsync(operation.Id, Now)).Output);
        Assert.True((await lab.Host.UndoAsync(nothing.Id, lab.Epoch, Now)).Restored);
        Assert.True((await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now)).Restored);
        Assert.Equal("", await lab.InsideAsync("ls /etc/forge-little 2>/dev/null"));
        Assert.Equal("disarmed\nreport\nstarted\nundo.report\nundone\n", await lab.InsideAsync($"ls /var/lib/forge/ops/{operation.Id.Value}"));
    }

    [Fact]
    public async Task Several_run_in_their_order_each_once_and_each_with_its_own_undo()
    {
        Operation[] all =
        [
            lab.Operation("echo one >/etc/forge-several; echo out", "several1"), lab.Operation("echo two >>/etc/forge-several; exit 3", "several2"),
            lab.Operation("mkdir /etc/forge-third && echo three >/etc/forge-third/file", "several3"),
        ];

        var first = await lab.Host.ExecuteAllAsync(all, Now);
        var second = await lab.Host.ExecuteAllAsync(all, Now);

        Assert.Equal([0, 3, 0], first.Select(s => s.ExitCode));
        Assert.Equal(["/etc/forge-several"], first[1].Changes.Files);
        Assert.Equal(first.Select(s => string.Join(',', s.Changes.Files)), second.Select(s => string.Join(',', s.Changes.Files)));
        Assert.Equal("one\ntwo\nthree\n", await lab.InsideAsync("cat /etc/forge-several /etc/forge-third/file"));
        Assert.True((await lab.Host.UndoAsync(all[1].Id, lab.Epoch, Now)).Restored);
        Assert.Equal("one\nthree\n", await lab.InsideAsync("cat /etc/forge-several /etc/forge-third/file"));
        Assert.True((await lab.Host.UndoAsync(all[2].Id, lab.Epoch, Now)).Restored);
        Assert.True((await lab.Host.UndoAsync(all[0].Id, lab.Epoch, Now)).Restored);
        Assert.Equal("", await lab.InsideAsync("ls -d /etc/forge-several /etc/forge-third 2>/dev/null"));
    }

    [Fact]
    public async Task What_follows_one_that_did_not_end_by_itself_never_runs()
    {
        Operation[] all =
        [
            lab.Operation("echo first >>/root/stopped", "stop1"), lab.Operation("kill -9 $$", "stop2"), lab.Operation("echo third >>/root/stopped", "stop3"),
        ];

        var statuses = await lab.Host.ExecuteAllAsync(all, Now);

        Assert.Equal([OperationState.Completed, OperationState.Completed, OperationState.Absent], statuses.Select(s => s.State));
        Assert.Equal("KILL", statuses[1].Signal);
        Assert.Equal("first\n", await lab.InsideAsync("cat /root/stopped"));
        Assert.Equal(OperationState.Absent, (await lab.Host.QueryAsync(all[2].Id, Now)).State);
    }

    [Fact]
    public async Task What_changes_beside_a_call_of_several_is_not_taken_for_theirs()
    {
        Operation[] before = [lab.Operation("echo 1 >/etc/forge-beside1", "beside1"), lab.Operation("echo 2 >/etc/forge-beside2", "beside2")];
        await lab.Host.ExecuteAllAsync(before, Now);
        await lab.InsideAsync("echo strange >/etc/forge-stranger");

        var after = await lab.Host.ExecuteAllAsync([lab.Operation("echo 3 >/etc/forge-beside3", "beside3"), lab.Operation("true", "beside4")], Now);

        Assert.Equal(["/etc/forge-beside3"], after[0].Changes.Files);
        Assert.True(after[1].Changes.IsEmpty);
    }

    [Fact]
    public async Task What_never_ran_is_absent() =>
        Assert.Equal(OperationState.Absent, (await lab.Host.QueryAsync(lab.Operation("true", "never").Id, Now)).State);

    [Fact]
    public async Task A_lower_epoch_is_refused_everywhere()
    {
        var host = lab.Host;
        var low = lab.Operation("echo run >>/root/fenced", "fenced") with { Epoch = lab.Epoch - 1 };
        Assert.Equal("EpochRefused", (await Assert.ThrowsAsync<ForgeException>(() => host.ExecuteAsync(low, Now))).Id);
        Assert.Equal("EpochRefused", (await Assert.ThrowsAsync<ForgeException>(() => host.ClaimAsync(lab.Epoch - 1, "old", Now))).Id);
        Assert.Equal("EpochRefused", (await Assert.ThrowsAsync<ForgeException>(() => host.ClaimAsync(lab.Epoch, "other", Now))).Id);
        Assert.Equal(lab.Epoch, await host.ClaimAsync(lab.Epoch, "tests", Now));
        Assert.Equal("", await lab.InsideAsync("cat /root/fenced 2>/dev/null"));
    }

    [Fact]
    public async Task The_time_limit_holds_on_the_host()
    {
        var mark = Probe.NewMark();
        var operation = lab.Operation($"echo begun; sleep {mark}", "slow") with { Timeout = TimeSpan.FromSeconds(1) };
        var status = await lab.Host.ExecuteAsync(operation, Now);
        Assert.True(status.TimedOut);
        Assert.Null(status.ExitCode);
        Assert.Equal("begun\n", status.Output);
        Assert.Equal("", await lab.InsideAsync($"pgrep -f 'sleep {mark}$'"));
    }

    [Fact]
    public async Task Output_is_bounded_and_the_script_goes_on()
    {
        var status = await lab.Host.ExecuteAsync(lab.Operation("head -c 5000000 /dev/zero | tr '\\0' x; echo end >&2; exit 3", "chatty"), Now);
        Assert.Equal(3, status.ExitCode);
        Assert.Equal(1 << 20, status.Output.Length);
        Assert.Equal("end\n", status.Error);
    }

    [Fact]
    public async Task A_service_left_behind_does_not_hold_the_result_back()
    {
        var clock = Stopwatch.StartNew();
        var status = await lab.Host.ExecuteAsync(lab.Operation("sleep 30 & echo done", "left"), Now);
        Assert.Equal("done\n", status.Output);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 15);
    }

    [Fact]
    public async Task It_goes_on_when_the_connection_is_lost_and_query_gives_the_result()
    {
        var operation = lab.Operation("echo begun >/root/lost; sleep 3; echo end >>/root/lost; echo finished", "lost");
        var connection = await lab.ConnectAsync();
        await using (connection)
        {
            var running = new HostWrapperFactory().For(connection).ExecuteAsync(operation, Now);
            await Until(async () => await lab.InsideAsync("cat /root/lost 2>/dev/null") == "begun\n");
            Assert.Equal(OperationState.Running, (await lab.Host.QueryAsync(operation.Id, Now)).State);
            await connection.DisposeAsync();
            Assert.Equal("TargetUnreachable", (await Assert.ThrowsAsync<ForgeException>(() => running)).Id);
        }

        // The same call waits for it and returns its result.
        Assert.Equal("finished\n", (await lab.Host.ExecuteAsync(operation, Now)).Output);
        Assert.Equal("finished\n", (await lab.Host.QueryAsync(operation.Id, Now)).Output);
        Assert.Equal("begun\nend\n", await lab.InsideAsync("cat /root/lost"));
    }

    [Fact]
    public async Task A_batch_that_loses_its_connection_ends_the_one_at_work_and_begins_no_other()
    {
        Operation[] all = [lab.Operation("echo 1", "cut1"), lab.Operation("echo begun >>/root/cut; sleep 4; echo end >>/root/cut; echo finished", "cut2"), lab.Operation("echo never >>/root/cut", "cut3")];
        var connection = await lab.ConnectAsync();
        await using (connection)
        {
            var running = new HostWrapperFactory().For(connection).ExecuteAllAsync(all, Now);
            await Until(async () => await lab.InsideAsync("cat /root/cut 2>/dev/null") == "begun\n");
            await connection.DisposeAsync();
            Assert.Equal("TargetUnreachable", (await Assert.ThrowsAsync<ForgeException>(() => running)).Id);
        }

        await Until(async () => (await lab.Host.QueryAsync(all[1].Id, Now)).State == OperationState.Completed);
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Equal("finished\n", (await lab.Host.QueryAsync(all[1].Id, Now)).Output);
        Assert.Equal(OperationState.Absent, (await lab.Host.QueryAsync(all[2].Id, Now)).State);
        Assert.Equal("begun\nend\n0\n", await lab.InsideAsync("cat /root/cut; ls -d /var/lib/forge/batch.* 2>/dev/null | wc -l"));
    }

    [Fact]
    public async Task One_that_was_killed_is_interrupted_and_can_be_undone()
    {
        var operation = lab.Operation("echo half >/etc/half; echo '# half' >>/etc/issue; sleep 60; echo never", "interrupted");
        var before = await lab.InsideAsync("cat /etc/issue");
        var running = lab.Host.ExecuteAsync(operation, Now);
        await Until(async () => await lab.InsideAsync("tail -n 1 /etc/issue") == "# half\n");
        await lab.InsideAsync($"pkill -KILL -f '_exec {operation.Id.Value}'; pkill -KILL -f /var/lib/forge/ops/{operation.Id.Value}/script");
        Assert.Equal(OperationState.Interrupted, (await running).State);
        Assert.Equal(OperationState.Interrupted, (await lab.Host.QueryAsync(operation.Id, Now)).State);
        Assert.Equal(OperationState.Completed, (await lab.Host.ExecuteAsync(lab.Operation("true", "next"), Now)).State);
        var again = await lab.Host.ExecuteAsync(operation, Now);
        Assert.Equal(OperationState.Interrupted, again.State);
        Assert.Contains("/etc/half", again.Changes.Files);
        var undo = await lab.Host.UndoAsync(operation.Id, lab.Epoch, Now);
        Assert.True(undo.Restored, string.Join('\n', undo.Differences));
        Assert.Equal(before, await lab.InsideAsync("cat /etc/issue; cat /etc/half 2>/dev/null"));
    }

    [Fact]
    public async Task Forgetting_keeps_the_result()
    {
        var operation = lab.Operation("echo kept; echo x >/etc/kept", "kept");
        await lab.Host.ExecuteAsync(operation, Now);
        await lab.Host.ForgetAsync([operation.Id], Now);
        Assert.Equal("kept\n", (await lab.Host.QueryAsync(operation.Id, Now)).Output);
        Assert.Equal("kept\n", (await lab.Host.ExecuteAsync(operation, Now)).Output);
        Assert.Equal("HostJournalFailed", (await Assert.ThrowsAsync<ForgeException>(() => lab.Host.UndoAsync(operation.Id, lab.Epoch, Now))).Id);
    }

    [Fact]
    public async Task An_operation_without_undo_is_run_without_a_journal()
    {
        var status = await lab.Host.ExecuteAsync(lab.Operation("echo plain", "plain") with { Undoable = false }, Now);
        Assert.Equal("plain\n", status.Output);
        Assert.True(status.Changes.IsEmpty);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "it did not come about");
            await Task.Delay(50, Now);
        }
    }
}
