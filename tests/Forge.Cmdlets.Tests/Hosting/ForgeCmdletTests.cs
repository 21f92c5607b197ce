using System.Diagnostics;
using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.StandIn;

namespace Forge.Cmdlets.Tests.Hosting;

public class ForgeCmdletTests
{
    [Fact]
    public void All_is_written_on_the_pipeline_thread_and_in_order()
    {
        RecordingRuntime runtime = Run(new RecordingRuntime(), async (sink, _) =>
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, _) => await sink.WriteAsync(i));
            await sink.WriteVerboseAsync("after them");
            await sink.WriteAsync("last");
        });
        Assert.Equal(201, runtime.Objects.Count);
        Assert.Equal("last", runtime.Objects[^1]);
        Assert.Equal(["after them"], runtime.Texts);
    }

    [Fact]
    public void A_slow_pipeline_slows_the_command_down()
    {
        int written = 0;
        int mostAhead = 0;
        var runtime = new RecordingRuntime { OnObject = value => mostAhead = Math.Max(mostAhead, Volatile.Read(ref written) - (int)value!) };
        Run(runtime, async (sink, _) =>
        {
            for (int i = 0; i < 1000; i++)
            {
                await sink.WriteAsync(i);
                Volatile.Write(ref written, i);
            }
        });
        Assert.Equal(1000, runtime.Objects.Count);
        Assert.InRange(mostAhead, 0, PipelinePump.Capacity + 2);
    }

    [Fact]
    public void A_pipeline_that_stops_ends_the_command_and_its_own_exception_comes_through()
    {
        bool ended = false;
        var runtime = new RecordingRuntime { OnObject = value => _ = (int)value! == 3 ? throw new PipelineStoppedException() : 0 };
        Assert.Throws<PipelineStoppedException>(() => Run(runtime, async (sink, cancellationToken) =>
        {
            try
            {
                for (int i = 0; ; i++)
                {
                    await sink.WriteAsync(i, false);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                await sink.WriteAsync("rolled back: nobody sees it, and it does no harm");
                ended = true;
            }
        }));
        Assert.True(ended);
        Assert.Equal([0, 1, 2], runtime.Objects);
    }

    [Fact]
    public void A_question_is_asked_on_the_pipeline_thread()
    {
        bool? answer = null;
        RecordingRuntime runtime = Run(new RecordingRuntime { Answer = false }, async (sink, _) => answer = await sink.ShouldProcessAsync("web01 · rule", "Do it?", "Fix"));
        Assert.False(answer);
        Assert.Equal(["web01 · rule"], runtime.Texts);
    }

    [Fact]
    public void A_question_that_the_pipeline_cannot_ask_any_more_is_cancelled()
    {
        bool cancelled = false;
        var runtime = new RecordingRuntime { OnObject = _ => throw new PipelineStoppedException() };
        Assert.Throws<PipelineStoppedException>(() => Run(runtime, async (sink, _) =>
        {
            await sink.WriteAsync(1);
            try
            {
                await sink.ShouldProcessAsync("web01", "Fix");
            }
            catch (OperationCanceledException)
            {
                cancelled = true;
                throw;
            }
        }));
        Assert.True(cancelled);
    }

    [Fact]
    public void Progress_is_thinned_out_keeps_the_newest_and_is_completed_in_the_end()
    {
        var newest = new TaskCompletionSource();
        RecordingRuntime runtime = new() { OnProgress = record => _ = record.StatusDescription == "100/100" && newest.TrySetResult() };
        var clock = Stopwatch.StartNew();
        Run(runtime, async (sink, cancellationToken) =>
        {
            for (int i = 0; i <= 100; i++)
            {
                sink.Progress(new ProgressRecord(7, "run", $"{i}/100") { PercentComplete = i });
            }

            await newest.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        });

        // Ten a second at most, besides the first and the completion.
        Assert.InRange(runtime.Progress.Count, 2, 2 + (clock.Elapsed.TotalMilliseconds / 100));
        Assert.Equal("100/100", runtime.Progress[^2].StatusDescription);
        Assert.Equal(ProgressRecordType.Completed, runtime.Progress[^1].RecordType);
    }

    [Fact]
    public void Progress_that_has_to_wait_wakes_the_pipeline_even_if_nothing_follows_it()
    {
        var gate = new ProgressGate();
        using var command = new ScriptedCommand((_, _) => Task.CompletedTask) { CommandRuntime = new RecordingRuntime() };
        Assert.True(gate.Offer(new ProgressRecord(7, "run", "1/2")));
        gate.Flush(command);
        Assert.True(gate.Offer(new ProgressRecord(7, "run", "2/2")));
    }

    [Theory]
    [InlineData(ForgeErrorKind.BadInput, ErrorCategory.InvalidArgument)]
    [InlineData(ForgeErrorKind.Unreachable, ErrorCategory.ConnectionError)]
    [InlineData(ForgeErrorKind.Refused, ErrorCategory.SecurityError)]
    public void An_error_of_one_object_keeps_its_id_category_subject_and_next_step(ForgeErrorKind kind, ErrorCategory category)
    {
        RecordingRuntime runtime = Run(new RecordingRuntime(), (_, _) => throw new ForgeException("SomeId", kind, "It failed.", "Do that.", "web01"));
        ErrorRecord record = Assert.Single(runtime.Errors);
        Assert.Equal(("SomeId,Forge.Cmdlets.Tests.Hosting.ScriptedCommand", category, "web01"), (record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject));
        Assert.Equal("Do that.", record.ErrorDetails!.RecommendedAction);
    }

    [Fact]
    public void Every_kind_of_error_has_a_category()
        => Assert.DoesNotContain(Enum.GetValues<ForgeErrorKind>(), kind => ErrorMapping.CategoryOf(kind) == ErrorCategory.NotSpecified);

    [Fact]
    public void A_defect_ends_the_command()
    {
        CmdletInvocationException exception = Assert.Throws<CmdletInvocationException>(() => Run(new RecordingRuntime(), (_, _) => throw new InvalidOperationException("oh")));
        Assert.StartsWith(ErrorMapping.UnexpectedId, exception.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("oh", exception.ErrorRecord.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_grace_period_what_still_runs_is_told()
    {
        var started = new TaskCompletionSource();
        var command = new ScriptedCommand(async (sink, _) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, sink.GraceEnded);
        })
        { Grace = TimeSpan.FromMilliseconds(100) };
        var driver = new HostedCommand(command);
        Task run = Task.Run(
            () =>
            {
                command.CommandRuntime = new RecordingRuntime();
                driver.Process();
            },
            TestContext.Current.CancellationToken);
        await started.Task;
        driver.Stop();
        await Assert.ThrowsAsync<PipelineStoppedException>(() => run.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        command.Dispose();
    }

    [Theory]
    [InlineData(ForgeOutcome.Parked, ForgeOutcome.ItemsLeft, ForgeOutcome.Parked, ForgeOutcome.Holds)]
    [InlineData(ForgeOutcome.Failed, ForgeOutcome.TargetLost, ForgeOutcome.Failed)]
    [InlineData(ForgeOutcome.TargetLost, ForgeOutcome.Parked, ForgeOutcome.TargetLost)]
    public void The_gravest_outcome_stays(ForgeOutcome expected, params ForgeOutcome[] said)
    {
        using var command = new ScriptedCommand((_, _) => Task.CompletedTask);
        foreach (ForgeOutcome outcome in said)
        {
            command.End(outcome);
        }

        Assert.Equal(expected, command.Outcome);
    }

    private static RecordingRuntime Run(RecordingRuntime runtime, Func<ICmdletSink, CancellationToken, Task> process)
    {
        using var command = new ScriptedCommand(process) { CommandRuntime = runtime };
        var driver = new HostedCommand(command);
        driver.Begin();
        driver.Process();
        driver.End();
        return runtime;
    }
}
