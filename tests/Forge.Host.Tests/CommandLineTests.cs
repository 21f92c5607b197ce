using Forge.Host.Tests.Samples;

namespace Forge.Host.Tests;

public class CommandLineTests
{
    [Fact]
    public void A_value_by_position_a_switch_and_a_number_reach_the_command()
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "web01", "-Count", "2", "-Fast");
        Assert.Equal(0, code);
        Assert.Equal(2, run.OutLines.Length);
        Assert.Contains("\"Id\":\"rule1_fast\"", run.OutLines[1], StringComparison.Ordinal);
        Assert.Contains("\"Target\":\"web01\"", run.OutLines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Target", "a,b")]
    [InlineData("-target:a,b")]
    [InlineData("-HostName", "a,", "b")]
    [InlineData("-Targ", "a", "-Targ", "b")]
    [InlineData("a,b")]
    public void A_list_is_written_with_commas_or_by_repeating(params string[] arguments)
    {
        (int code, HostRun run) = HostRun.Of(["get-samplefinding", .. arguments]);
        Assert.Equal((0, 2), (code, run.OutLines.Length));
        Assert.Contains("\"Target\":\"b\"", run.OutLines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Fast:false", false)]
    [InlineData("-Fast:$false", false)]
    [InlineData("-Fast:$true", true)]
    [InlineData("-Fast", true)]
    public void A_switch_can_be_switched_off(string argument, bool on)
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "web01", argument);
        Assert.Equal(0, code);
        Assert.Equal(on, run.Out.Contains("_fast", StringComparison.Ordinal));
    }

    [Fact]
    public void A_switch_whose_value_the_shell_swallowed_is_refused()
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "web01", "-Fast:");
        Assert.Equal(2, code);
        Assert.Contains("-Fast:false", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0:30:00", "00:30:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1.5h", "01:30:00")]
    public void A_duration_is_read(string text, string written)
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "web01", "-Budget", text);
        Assert.Equal(0, code);
        Assert.Contains($"\"Took\":\"{written}\"", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MissingMandatoryParameter", "-Target: Name of a target.")]
    [InlineData("ParameterNotFound", "-Count", "web01", "-Cuont", "3")]
    [InlineData("ParameterAmbiguous", "-Fast, -Finished", "web01", "-F")]
    [InlineData("MissingArgument", "-Count", "web01", "-Count")]
    [InlineData("CannotConvertArgument", "no number", "web01", "-Count", "three")]
    [InlineData("CannotConvertArgument", "Low, Medium, High", "web01", "-Severity", "urgent")]
    [InlineData("CannotConvertArgument", "30m", "web01", "-Budget", "30")]
    [InlineData("ParameterArgumentValidationError", "minimum", "web01", "-Count", "0")]
    [InlineData("ParameterAlreadyBound", "-Count", "web01", "-Count", "1", "-Count", "2")]
    [InlineData("PositionalParameterNotFound", "web02", "web01", "web02")]
    [InlineData("AmbiguousParameterSet", "-ResultPath", "-Target", "a", "-ResultPath", "b")]
    [InlineData("ParameterArgumentValidationError", "empty", "-Target", "")]
    public void A_bad_command_line_is_named_with_its_id_and_what_to_do(string id, string says, params string[] arguments)
    {
        (int code, HostRun run) = HostRun.Of(["Get-SampleFinding", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains($"[{id}]", run.Error, StringComparison.Ordinal);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public void The_parameter_set_follows_from_the_arguments()
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "-ResultPath", "results.xml");
        Assert.Equal(0, code);
        Assert.Contains("\"References\":[\"File\"]", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_answered_with_the_nearest()
    {
        (int code, HostRun run) = HostRun.Of("Get-SampelFinding");
        Assert.Equal(2, code);
        Assert.Contains("Get-SampleFinding", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_a_command_shows_its_parameters_and_sets()
    {
        (int code, HostRun run) = HostRun.Of("Get-SampleFinding", "-?");
        Assert.Equal(0, code);
        Assert.Contains("Get-SampleFinding [-Target] <string[]> [-Severity <Low|Medium|High>]", run.Out, StringComparison.Ordinal);
        Assert.Contains("Get-SampleFinding -ResultPath <string>", run.Out, StringComparison.Ordinal);
        Assert.Contains("Name of a target.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void List_and_version_are_plain_lines()
    {
        Assert.Contains("Invoke-SampleTask", HostRun.Of("--list").Run.OutLines);
        Assert.StartsWith("forge ", HostRun.Of("--version").Run.Out, StringComparison.Ordinal);
        Assert.Equal(2, HostRun.Of().Code);
    }
}
