using Forge.Host.Tests.Samples;

namespace Forge.Host.Tests;

public class PipelineInputTests
{
    [Fact]
    public void What_one_command_writes_the_next_one_takes()
    {
        (_, HostRun first) = HostRun.Of("Get-SampleFinding", "web01", "-Severity", "High", "-Budget", "90s", "-Count", "3");
        (int code, HostRun second) = HostRun.With(first.Out, "Invoke-SampleTask", "-Confirm:false");
        Assert.Equal(0, code);
        Assert.Equal(3, second.OutLines.Length);
        Assert.Equal("""{"Item":"rule2","Outcome":"remediated High 00:01:30","Seconds":1.25}""", second.OutLines[2]);
    }

    [Fact]
    public void Properties_bind_by_name_and_by_alias_and_stay_with_their_object()
    {
        string input = """
            {"HostName":"web01","Severity":"high","Owner":"ops"}
            {"name":"web02"}
            """;
        (int code, HostRun run) = HostRun.With(input, "Get-SampleFinding");
        Assert.Equal(0, code);
        Assert.Contains("\"Target\":\"web01\",\"Severity\":\"High\"", run.OutLines[0], StringComparison.Ordinal);
        Assert.Contains("\"Target\":\"web02\",\"Severity\":\"Medium\"", run.OutLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void By_value_and_by_property_name_bind_from_one_object()
    {
        (int code, HostRun run) = HostRun.With("""{"Id":"r","Target":"t","Note":"seen"}""", "Invoke-SampleTask", "-Confirm:false");
        Assert.Equal(0, code);
        Assert.Contains("00:00:00 seen", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web01\nweb02\n")]
    [InlineData("\"web01\"\n\"web02\"\n")]
    [InlineData("[\"web01\",\"web02\"]")]
    [InlineData("[{\"Name\":\"web01\"},{\"Name\":\"web02\"}]")]
    public void Names_come_as_lines_strings_or_arrays(string input)
    {
        (int code, HostRun run) = HostRun.With(input, "Get-SampleFinding");
        Assert.Equal((0, 2), (code, run.OutLines.Length));
    }

    [Fact]
    public void A_line_that_is_no_json_is_named()
    {
        (int code, HostRun run) = HostRun.With("{\"Target\":\"a\"}\n{broken\n", "Get-SampleFinding");
        Assert.Equal(2, code);
        Assert.Contains("Line 2", run.Error, StringComparison.Ordinal);
        Assert.Single(run.OutLines);
    }

    [Fact]
    public void An_object_that_fits_nothing_fails_alone()
    {
        (int code, HostRun run) = HostRun.With("{\"Colour\":\"red\"}\n{\"Target\":\"a\"}\n", "Get-SampleFinding");
        Assert.Equal(2, code);
        Assert.Contains("[InputObjectNotBound]", run.Error, StringComparison.Ordinal);
        Assert.Single(run.OutLines);
    }

    [Fact]
    public void A_command_that_has_its_subject_does_not_wait_for_input()
    {
        (int code, HostRun run) = HostRun.With("{\"Target\":\"other\"}", "Get-SampleFinding", "web01");
        Assert.Equal((0, 1), (code, run.OutLines.Length));
        Assert.Contains("web01", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, HostRun.With("{\"Target\":\"other\"}", "Get-SampleFinding", "-ResultPath", "x").Code);
    }

    [Fact]
    public void No_input_objects_means_no_work()
    {
        (int code, HostRun run) = HostRun.With("", "Invoke-SampleTask", "-Confirm:false");
        Assert.Equal((0, ""), (code, run.Out));
    }

    [Fact]
    public void A_command_with_its_subject_takes_objects_if_there_are_any_and_else_does_what_was_asked()
    {
        Assert.Equal("\"web01 alone\"\n", HostRun.With("", "Test-SampleSubject", "web01").Run.Out);
        Assert.Equal("\"web01 with r\"\n", HostRun.With("""{"Id":"r","Target":"t"}""", "Test-SampleSubject", "web01").Run.Out);
        Assert.Equal("", HostRun.With("", "Test-SampleSubject").Run.Out);
    }
}
