using Forge.Core.Commands;
using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Journal;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Tests.Commands;

public class CommandEngineTests
{
    [Fact]
    public async Task The_goal_is_one_item_of_all_its_commands_and_probes_are_guards_only()
    {
        var report = await ScanAsync(new() { ["wanted"] = "a file", ["verify"] = """["true","exit 3"]""", ["probe"] = """["true","false"]""" });
        Assert.Equal(VerdictKind.Fail, report.Verdicts["goal"].Kind);
        Assert.Contains("exit code 3", report.Verdicts["goal"].Detail, StringComparison.Ordinal);
        Assert.Equal(["probe-1", "probe-2"], report.Guards);
        Assert.Equal((VerdictKind.Pass, VerdictKind.Fail), (report.Verdicts["probe-1"].Kind, report.Verdicts["probe-2"].Kind));
        Assert.Equal("goal", Assert.Single(report.Findings).Id);
    }

    [Fact]
    public async Task A_goal_that_holds_is_no_finding() =>
        Assert.Empty((await ScanAsync(new() { ["wanted"] = "nothing", ["verify"] = """["true"]""" })).Findings);

    [Theory]
    [InlineData("", """["true"]""", "GoalMissing")]
    [InlineData("x", "", "GoalMissing")]
    [InlineData("x", "true", "GoalInvalid")]
    [InlineData("x", """[" "]""", "GoalInvalid")]
    public async Task What_is_missing_or_no_list_is_said(string wanted, string verify, string id) =>
        Assert.Equal(id, (await Assert.ThrowsAsync<ForgeException>(() => ScanAsync(new() { ["wanted"] = wanted, ["verify"] = verify }))).Id);

    [Fact]
    public async Task Somebody_else_than_user_or_root_is_refused() =>
        Assert.Equal("GoalInvalid", (await Assert.ThrowsAsync<ForgeException>(() => ScanAsync(new() { ["wanted"] = "x", ["verify"] = """["true"]""", ["as"] = "nobody" }))).Id);

    private static Task<ScanReport> ScanAsync(Dictionary<string, string> parameters)
    {
        var session = new SkillSession
        {
            Skill = new Skill { Name = "goal", Title = "", Engine = "command", Folder = "/" },
            Target = new TargetDescription { Name = "here" },
            Facts = null!,
            Parameters = parameters,
            Blobs = DigestOnlyBlobs.Instance,
            CacheFolder = "/tmp",
            RemoteFolder = "/tmp",
        };
        return new CommandEngine().Scanner.ScanAsync(session, new Shell(), CancellationToken.None);
    }

    /// <summary>This machine's own shell.</summary>
    private sealed class Shell : ITarget
    {
        public TargetDescription Description { get; } = new() { Name = "here" };

        public ConnectionRole Role => ConnectionRole.Verifier;

        public async Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken)
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", request.Script]))!;
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult { ExitCode = process.ExitCode };
        }

        public Task UploadAsync(FileUpload upload, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> DownloadAsync(FileDownload download, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
