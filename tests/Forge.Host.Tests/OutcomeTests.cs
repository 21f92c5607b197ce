using Forge.Host.Runtime;
using Forge.Host.Tests.Samples;
using Forge.Samples;

namespace Forge.Host.Tests;

public class OutcomeTests
{
    private const string Finding = """{"Id":"rule1","Target":"web01"}""";

    [Theory]
    [InlineData("rule1", 0)]
    [InlineData("left", 3)]
    [InlineData("parked", 4)]
    public void The_command_says_how_it_ended(string id, int code)
        => Assert.Equal(code, HostRun.With($$"""{"Id":"{{id}}","Target":"web01"}""", "Invoke-SampleTask", "-Confirm:$false").Code);

    [Fact]
    public void The_gravest_outcome_wins()
        => Assert.Equal(4, HostRun.With("{\"Id\":\"parked\",\"Target\":\"a\"}\n{\"Id\":\"left\",\"Target\":\"a\"}", "Invoke-SampleTask", "-cf:0").Code);

    [Fact]
    public void An_error_of_one_item_goes_on_and_fails_in_the_end()
    {
        (int code, HostRun run) = HostRun.Of("Test-SampleError", "item");
        Assert.Equal(1, code);
        Assert.Equal("\"went on\"\n", run.Out);
        Assert.Equal("Test-SampleError: web01 did not answer. [TargetUnreachable]\n  next:  Check the network.\n", run.Error);
    }

    [Fact]
    public void ErrorAction_Stop_ends_at_the_first_error()
    {
        (int code, HostRun run) = HostRun.Of("Test-SampleError", "item", "-ea", "Stop");
        Assert.Equal((1, ""), (code, run.Out));
        Assert.Contains("[TargetUnreachable]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorAction_SilentlyContinue_says_nothing_and_still_fails()
    {
        (int code, HostRun run) = HostRun.Of("Test-SampleError", "item", "-ErrorAction", "SilentlyContinue");
        Assert.Equal((1, ""), (code, run.Error));
    }

    [Fact]
    public void A_failed_object_leaves_the_next_one_alone()
    {
        (int code, HostRun run) = HostRun.With("object\nitem\n", "Test-SampleError");
        Assert.Equal(1, code);
        Assert.Contains("[FindingGone]", run.Error, StringComparison.Ordinal);
        Assert.Equal("\"went on\"\n", run.Out);
    }

    [Fact]
    public void Bad_input_is_exit_code_2_and_a_defect_is_1()
    {
        Assert.Equal(2, HostRun.Of("Test-SampleError", "input").Code);
        (int code, HostRun run) = HostRun.Of("Test-SampleError", "defect");
        Assert.Equal(1, code);
        Assert.Contains("[ForgeUnexpected]", run.Error, StringComparison.Ordinal);
        Assert.Contains("a defect", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_shown_and_the_rest_only_when_asked_for()
    {
        Assert.Equal("WARNING: nothing to do\n", HostRun.Of("Test-SampleError").Run.Error);
        Assert.Contains("DEBUG: how it was done", HostRun.Of("Test-SampleError", "-Debug").Run.Error, StringComparison.Ordinal);
        Assert.Contains("VERBOSE: looking at web01", HostRun.Of("Get-SampleFinding", "web01", "-Verbose").Run.Error, StringComparison.Ordinal);
        Assert.Equal("", HostRun.Of("Test-SampleError", "-WarningAction", "SilentlyContinue").Run.Error);
    }

    [Fact]
    public void WhatIf_says_what_and_does_nothing()
    {
        (int code, HostRun run) = HostRun.With(Finding, "Invoke-SampleTask", "-WhatIf");
        Assert.Equal((0, "", "What if: web01 · rule1\n"), (code, run.Out, run.Error));
    }

    [Fact]
    public void A_change_of_high_impact_is_refused_where_nobody_can_be_asked()
    {
        (int code, HostRun run) = HostRun.With(Finding, "Invoke-SampleTask");
        Assert.Equal((2, ""), (code, run.Out));
        Assert.Contains("-Confirm:false", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Y", "")]
    [InlineData(2, "A")]
    [InlineData(1, "maybe", "N", "Y")]
    [InlineData(0, "L")]
    public void A_person_is_asked_and_answers_for_one_or_for_all(int done, params string[] answers)
    {
        var run = new HostRun { Input = $"{Finding}\n{Finding}", Answers = answers };
        Assert.Equal(0, run.Host.Run(["Invoke-SampleTask"]));
        Assert.Equal(done, run.OutLines.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ctrl_C_ends_the_step_and_waits_for_it(bool stubborn)
    {
        int before = WaitSampleCommand.RolledBack;
        var run = new HostRun();
        Task<int> code = Task.Run(() => run.Host.Run(["Wait-Sample", stubborn ? "-Stubborn" : "-Stubborn:false"]), TestContext.Current.CancellationToken);
        await WaitSampleCommand.Started.WaitAsync(TestContext.Current.CancellationToken);
        run.Host.Current!.Stop();
        Assert.Equal(CommandRun.Interrupted, await code.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal((0, before + 1), (WaitSampleCommand.Running, WaitSampleCommand.RolledBack));
    }

    [Fact]
    public void A_reader_that_goes_ends_the_command()
    {
        var run = new HostRun { LinesRead = 2 };
        Assert.Equal(CommandRun.ReaderGone, run.Host.Run(["Get-SampleFinding", "web01", "-Count", "10000"]));
        Assert.Equal((2, ""), (run.OutLines.Length, run.Error));
    }
}
