using System.Diagnostics;
using Forge.Acceptance.Tests.Forge;
using Forge.Testing.Gguf;

namespace Forge.Acceptance.Tests;

/// <summary>
/// A real GGUF, loaded by the real runtime in its child process, decides real actions under the grammar for findings whose content fix is withheld. The test
/// writes the file: its weights hold a table of which letter follows which, and with the words of the item alone to choose from that is enough.
/// </summary>
public sealed class RealModelTests(RealModelTests.Run run, ITestOutputHelper output) : IClassFixture<RealModelTests.Run>
{
    [Fact]
    public void Findings_whose_content_fix_is_withheld_are_fixed_by_the_models_own_decisions()
    {
        run.SkipWithoutLab();
        Assert.True(run.Finished!.ExitCode == 0, run.Finished.ToString());
        Assert.Equal(6, run.Finished.Items.Count);
        Assert.All(run.Finished.Items.Values, i => Assert.Equal(("Remediated", "model"), (i["Outcome"]!.GetValue<string>(), i["Arm"]!.GetValue<string>())));
        Assert.Empty(LabMachine.NotConfirmed(run.Finished.Items.Keys, run.Scan));
        // The withheld fixes would count how often they ran.
        Assert.Equal("", run.Counters);
    }

    [Fact]
    public void Every_answer_stands_in_the_journal_with_its_tokens_and_times()
    {
        run.SkipWithoutLab();
        var asked = ForgeProcess.Run("Get-ForgeEvent", run.RunId, "-Type", "model.asked").Objects.Select(o => o["Event"]!).Where(e => e["Role"]!.GetValue<string>() == "Worker").ToList();
        Assert.True(asked.Count >= 6, $"{asked.Count} questions");
        Assert.All(asked, a => Assert.True(a["Usage"]!["Input"]!.GetValue<long>() > 100 && a["Usage"]!["Output"]!.GetValue<long>() > 5, a.ToJsonString()));
        // What does not change within a run stays in the model's cache.
        Assert.Contains(asked.Skip(1), a => a["Usage"]!["Cached"]!.GetValue<long>() > 100);
        output.WriteLine(string.Join(", ", asked.Select(a => $"{a["Usage"]!["Input"]}/{a["Usage"]!["Cached"]}+{a["Usage"]!["Output"]} in {a["Seconds"]!.GetValue<double>():0.00} s")));
    }

    [Fact]
    public void The_report_names_the_arm_of_every_fix()
    {
        run.SkipWithoutLab();
        var folder = Directory.CreateTempSubdirectory("forge-report").FullName;
        var export = ForgeProcess.Run("Export-ForgeReport", run.RunId, "-Format", "Json", "-Path", folder, "-Confirm:$false");
        Assert.True(export.ExitCode == 0, export.ToString());
        var report = string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(run.Finished!.Items.Keys, id => Assert.Matches($"\"id\":\\s*\"{id}\",\\s*\"outcome\":\\s*\"remediated\",\\s*\"arm\":\\s*\"model\"", report));
    }

    [Fact]
    public void In_PowerShell_the_same_model_decides_the_same_and_the_import_loads_no_native_library()
    {
        run.SkipWithoutLab();
        SurfaceTests.SkipWithoutPwsh();
        run.Lab.Reset();
        run.Lab.Root("mkdir -p /etc/forge-acceptance");
        var said = SurfaceTests.Pwsh($$"""
            $ErrorActionPreference = 'Stop'; Set-StrictMode -Version Latest
            Import-Module '{{Environment.GetEnvironmentVariable("FORGE_MODULE")}}'
            $null = Get-ForgeModel
            if (Select-String -Quiet -Pattern 'libllama|libggml' "/proc/$PID/maps") { throw 'a native library is loaded' }
            Invoke-ForgeTask {{run.Lab.Name}} -Skill stig -Content '{{ForgeProcess.ContentFile}}' -Profile steps -ExcludeArm content, extractor, small-model -Model leaning -NoReboot -Confirm:$false 6>$null |
                ForEach-Object { "$($_.Id) $($_.Outcome) $($_.Arm)" }
            if (Select-String -Quiet -Pattern 'libllama|libggml' "/proc/$PID/maps") { throw 'the model is in this process' }
            """);
        Assert.Equal(run.Finished!.Items.Keys.Select(id => $"{id} Remediated model"), said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_file_that_was_damaged_after_it_was_added_is_said_once_and_the_run_goes_on_without_it()
    {
        run.SkipWithoutLab();
        var copy = Path.Combine(Directory.CreateTempSubdirectory("forge-gguf").FullName, "damaged.gguf");
        new TinyGguf { Width = 128, Context = 4096 }.Write(copy);
        Assert.Equal(0, ForgeProcess.Run("Add-ForgeModel", "damaged", "-Path", copy, "-Confirm:$false").ExitCode);
        using (var file = File.OpenWrite(copy))
        {
            file.SetLength(file.Length / 2);
        }

        run.Lab.Root("rm -f /etc/forge-acceptance/*");
        var done = ForgeProcess.Run(
            "Invoke-ForgeTask", run.Lab.Name, "-Skill", "stig", "-Content", ForgeProcess.ContentFile, "-Profile", "steps", "-ExcludeArm", "content,extractor,small-model", "-Model", "damaged", "-NoReboot", "-Confirm:$false");
        Assert.True(done.ExitCode == 3, done.ToString());
        Assert.All(done.Items.Values, i => Assert.Equal(("Escalated", "NoFix"), (i["Outcome"]!.GetValue<string>(), i["FailureMode"]!.GetValue<string>())));
        var lost = Assert.Single(ForgeProcess.Run("Get-ForgeEvent", done.Items.Values.First()["RunId"]!.GetValue<string>(), "-Type", "model.lost").Objects);
        Assert.InRange(lost["Event"]!["Seconds"]!.GetValue<double>(), 0, 120);
        Assert.Contains("damaged.gguf", lost["Event"]!["Reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_models_process_ends_with_the_command()
    {
        run.SkipWithoutLab();
        Assert.DoesNotContain(Process.GetProcesses(), p => CommandLine(p.Id).Contains("--model-worker", StringComparison.Ordinal) && CommandLine(p.Id).Contains(ForgeProcess.Executable, StringComparison.Ordinal));
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return ""; // It ended meanwhile.
        }
    }

    /// <summary>One run over six findings.</summary>
    public sealed class Run : IDisposable
    {
        public Run()
        {
            if (Lab.WhyNot is not null)
            {
                return;
            }

            Lab.Reset();
            Lab.Root("mkdir -p /etc/forge-acceptance");
            var file = Path.Combine(Directory.CreateTempSubdirectory("forge-gguf").FullName, "leaning.gguf");
            new TinyGguf { Width = 320, Context = 32768, LeansTo = [("\"write-file\"", 0.5f), ("\"/etc/forge-acceptance/step_0", 0.9f), ("\"fixed\"", 1f)] }.Write(file);
            Must("Install-ForgeModelRuntime", "Cpu", "-Confirm:$false");
            Must("Add-ForgeModel", "leaning", "-Path", file, "-ContextTokens", "32768", "-OnlyWordsOfItem", "-Temperature", "0", "-Confirm:$false");
            Finished = ForgeProcess.Run(
                "Invoke-ForgeTask", Lab.Name, "-Skill", "stig", "-Content", ForgeProcess.ContentFile, "-Profile", "steps", "-ExcludeArm", "content,extractor,small-model", "-Model", "leaning", "-Confirm:$false");
            // Looked at here: other tests take the machine back.
            Scan = Lab.Scan("steps");
            Counters = Lab.Root("ls /var/log/forge-acceptance-*.count 2>/dev/null");
            RunId = Finished.Items.Values.First()["RunId"]!.GetValue<string>();
        }

        public LabMachine Lab { get; } = new();

        public Finished? Finished { get; }

        public IReadOnlyDictionary<string, string> Scan { get; } = new Dictionary<string, string>();

        public string Counters { get; } = "";

        public string RunId { get; } = "";

        public void SkipWithoutLab()
        {
            if (Lab.WhyNot is { } reason)
            {
                Assert.Skip(reason);
            }
        }

        public void Dispose() => Lab.Dispose();

        private static void Must(params string[] arguments)
        {
            var done = ForgeProcess.Run(arguments);
            Assert.True(done.ExitCode == 0, done.ToString());
        }
    }
}
