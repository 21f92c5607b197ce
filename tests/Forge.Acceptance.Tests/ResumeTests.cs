using System.Diagnostics;
using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>The controller is killed (SIGKILL) at five points of a run; the resumed run ends as an undisturbed one, and nothing ran twice.</summary>
public sealed class ResumeTests(LabMachine lab) : IClassFixture<LabMachine>
{
    private static readonly string[] Steps = ["step_01", "step_02", "step_03", "step_04", "step_05", "step_06"];

    [Theory]
    [InlineData("before-intent:2")]
    [InlineData("after-intent:1")]
    [InlineData("after-intent:2")]
    [InlineData("before-result:1")]
    [InlineData("before-result:2")]
    [InlineData("during-reboot:1")]
    public void A_run_that_was_killed_at_a_point_of_the_loop_ends_as_an_undisturbed_one(string point)
    {
        lab.Reset();
        var killed = ForgeProcess.Run(Task(), null, new Dictionary<string, string> { ["FORGE_CRASH_AT"] = point });
        Assert.Equal(137, killed.ExitCode);

        ResumeAndCompare();
    }

    [Fact]
    public void A_run_that_was_killed_during_a_remote_command_ends_as_an_undisturbed_one()
    {
        lab.Reset();
        var known = Directory.Exists(Path.Combine(ForgeProcess.Home, "runs")) ? Directory.GetDirectories(Path.Combine(ForgeProcess.Home, "runs")) : [];
        using (var process = ForgeProcess.Start(Task(), null))
        {
            process.StandardInput.Close();
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            WaitForThirdIntent(known, process);
            process.Kill();
            process.WaitForExit();
        }

        ResumeAndCompare();
    }

    private string[] Task() => ["Invoke-ForgeTask", lab.Name, "-Content", ForgeProcess.ContentFile, "-Profile", "steps", "-Confirm:$false"];

    private static void WaitForThirdIntent(string[] known, Process process)
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromMinutes(3))
        {
            Assert.False(process.HasExited, "the run ended before it could be killed");
            var folder = Directory.Exists(Path.Combine(ForgeProcess.Home, "runs"))
                ? Directory.GetDirectories(Path.Combine(ForgeProcess.Home, "runs")).Except(known).SingleOrDefault() : null;
            if (folder is not null && File.Exists(Path.Combine(folder, "events.jsonl"))
                && ReadShared(Path.Combine(folder, "events.jsonl")).Split('\n').Count(l => l.Contains("\"type\":\"intent\"", StringComparison.Ordinal)) >= 3)
            {
                return; // The third step sleeps for a second: its command runs now.
            }

            Thread.Sleep(20); // Polls a file that another process writes; no assertion depends on the length.
        }

        Assert.Fail("the third intent did not come");
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void ResumeAndCompare()
    {
        var abandoned = ForgeProcess.Run("Get-ForgeRun", "-Last", "1").Objects.Single();
        Assert.Equal("Abandoned", abandoned["Status"]!.GetValue<string>());
        var resumed = ForgeProcess.Run("Resume-ForgeRun", abandoned["Id"]!.GetValue<string>(), "-Confirm:$false");

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(Steps.Select(s => (s, "Remediated")), resumed.Items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => (i.Key, i.Value["Outcome"]!.GetValue<string>())));
        Assert.Equal(string.Concat(Steps.Select(s => $"1 /var/log/forge-acceptance-{s}.count\n")), lab.Root("cd / && for f in /var/log/forge-acceptance-*.count; do echo \"$(wc -l < $f) $f\"; done"));
        Assert.All(lab.Scan("steps"), r => Assert.True(!r.Key.StartsWith("step_", StringComparison.Ordinal) || r.Value == "pass", $"{r.Key}: {r.Value}"));
    }
}
