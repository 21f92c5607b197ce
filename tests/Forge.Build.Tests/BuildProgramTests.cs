using System.Diagnostics;
using Forge.Build.Benches;

namespace Forge.Build.Tests;

/// <summary>build.cs as people start it.</summary>
public sealed class BuildProgramTests
{
    [Fact]
    public void Help_names_every_bench()
    {
        var (code, output) = Run("help");

        Assert.Equal(0, code);
        Assert.All(BenchList.All, b => Assert.Contains($"bench {b.Name}", output, StringComparison.Ordinal));
        Assert.NotEmpty(BenchList.All);
    }

    [Theory]
    [InlineData("no-such-target")]
    [InlineData("bench", "no-such-bench")]
    public void What_there_is_not_is_answered_with_the_help_and_exit_code_2(params string[] words)
    {
        var (code, output) = Run(words);

        Assert.Equal(2, code);
        Assert.StartsWith("dotnet run build.cs -- <target>", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Repository.File("build.cs"), "--", .. words]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
