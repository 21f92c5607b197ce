using System.Diagnostics;
using System.Text.Json;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Store.Redaction;
using Forge.Store.Runs;

namespace Forge.Host.Tests.Runs;

/// <summary>A $FORGE_HOME of its own with real run folders, and the built <c>forge</c> on it.</summary>
public sealed class RunHome : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("forge-runs-").FullName;
    private readonly RunStore _store;

    public RunHome() => _store = new RunStore(new RunStoreOptions { Home = _root, Redactor = new Redactor() });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Writes a run that has ended. Its items are letters: R remediated, E escalated after two attempts, D needs a decision.</summary>
    public async Task<string> AddAsync(int hour, string letters, RunStatus status = RunStatus.ItemsLeft)
    {
        var id = $"20261121-{hour:00}00-lab{hour}-stig-{hour:x4}";
        var run = new RunRecord
        {
            Id = id,
            Skill = "stig",
            Targets = [$"lab{hour}"],
            Parameters = new Dictionary<string, string> { ["Profile"] = "cis_level2_server" },
            StartedAt = new DateTimeOffset(2026, 11, 21, hour, 0, 0, TimeSpan.Zero),
            ForgeVersion = "0.1.0",
        };
        await using (await _store.CreateAsync(run, TestContext.Current.CancellationToken))
        {
            var summary = new RunSummary { Targets = [Target(id, $"lab{hour}", letters)], Elapsed = TimeSpan.FromMinutes(30) };
            await _store.SaveAsync(run with { Status = status, EndedAt = run.StartedAt.AddMinutes(30), Summary = status == RunStatus.Running ? null : summary }, TestContext.Current.CancellationToken);
        }

        return id;
    }

    /// <summary>Runs a shell command with <c>$FORGE</c>; answers exit code, output and error.</summary>
    public (int Code, string Out, string Error) Shell(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a POSIX shell is needed");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["FORGE"] = Path.Combine(AppContext.BaseDirectory, "forge");
        start.Environment["FORGE_HOME"] = _root;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, error.GetAwaiter().GetResult());
    }

    /// <summary>As <see cref="Shell"/>, for a command that must succeed with one object.</summary>
    public JsonElement Json(string script)
    {
        var (code, text, error) = Shell(script);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(text).RootElement;
    }

    private static TargetSummary Target(string run, string target, string letters) => new()
    {
        Target = target,
        Platform = "debian-12-x86_64",
        Before = new(10, letters.Length, 0, 0, 0),
        After = new(10, 0, 0, 0, 0),
        Split = new() { Scanner = TimeSpan.FromMinutes(10), Target = TimeSpan.FromMinutes(15), Reboot = TimeSpan.FromMinutes(1), Harness = TimeSpan.FromMinutes(4) },
        Items = [.. letters.Select((letter, i) => new ItemResult
        {
            Id = $"rule_{i:000}",
            Target = target,
            RunId = run,
            Outcome = letter switch { 'R' => ItemState.Remediated, 'E' => ItemState.Escalated, _ => ItemState.NeedsDecision },
            Arm = letter == 'D' ? "" : "content",
            Attempts = letter switch { 'R' => 1, 'E' => 2, _ => 0 },
            Elapsed = TimeSpan.FromSeconds(2),
        })],
    };
}
