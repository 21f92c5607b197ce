using Forge.Lab.Processes;

namespace Forge.Lab.Tests;

/// <summary>The recipes and scripts of <c>lab/</c>.</summary>
public sealed class ScriptTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "lab");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scripts_are_clean_for_shellcheck()
    {
        Assert.SkipWhen(Tool.Find("shellcheck") is null, "shellcheck is not installed");
        var scripts = Directory.GetFiles(Folder, "*.sh", SearchOption.AllDirectories);
        Assert.NotEmpty(scripts);
        var result = await Tool.RunAsync(new ToolRequest("shellcheck", ["--shell=sh", .. scripts]), Cancel);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public void No_file_names_a_mirror()
    {
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotMatch(@"https?://[a-z0-9-]+\.", File.ReadAllText(file));
        }
    }

    [Fact]
    public async Task Package_sources_come_from_this_machine_for_any_suite()
    {
        Assert.SkipWhen(Tool.Find("apt-get") is null, "this machine has no apt");
        var script = Path.Combine(Folder, "apt-sources.sh");
        var own = await Tool.RunAsync(new ToolRequest("sh", script, "bookworm"), Cancel);
        var archive = await Tool.RunAsync(new ToolRequest("sh", script, "sid", "archive"), Cancel);
        Assert.Contains("Suites: bookworm", own.Output, StringComparison.Ordinal);
        Assert.Contains("Suites: sid\n", archive.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sid-", archive.Output, StringComparison.Ordinal);
    }
}
