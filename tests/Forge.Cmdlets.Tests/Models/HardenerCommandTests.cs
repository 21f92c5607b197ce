using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Models;
using Forge.Cmdlets.Tests.Hosting;
using Forge.Core.Actions;
using Forge.Core.Comparison;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Proposals.HeldOut;
using Forge.Models;
using Forge.Models.Hardening;
using Forge.Shared;
using Forge.StandIn;

namespace Forge.Cmdlets.Tests.Models;

/// <summary>The commands over a home of their own. The models are the test's: they answer from a list, everything else is Forge's own.</summary>
public sealed class HardenerCommandTests : IDisposable
{
    private readonly HardenerHome _home = new();
    private readonly RecordedHardeners _source = new RecordedHardeners().Knows("forge-hardener", i => i < 20).Knows("better", i => i < 34).Knows("alike", i => i < 22);
    private readonly ForgeServices _services;

    public HardenerCommandTests()
    {
        _home.Add("better", parent: HardenerFolder.Read(_home.Shipped, true).Sha256, trainedIds: []);
        _home.Add("alike", trainedIds: []);
        ForgeServices.Use(_services = new ForgeServices(new ForgeHome(_home.Root, Path.Combine(_home.Root, "cache"))) { Hardeners = _home.Shelf, HardenerSource = _source });
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Models_that_chat_are_listed_as_ever_and_hardening_models_with_their_lineage()
    {
        await _services.Models.AddAsync(new ModelDescription { Name = "server", Kind = ModelKind.OpenAI, Endpoint = "http://127.0.0.1:1/v1" }, [], false, CancellationToken.None);
        var listed = Run(new GetForgeModelCommand()).Objects;
        Assert.Equal("server", Assert.IsType<ModelListing>(listed[0]).Name);
        var hardeners = listed.Skip(1).Cast<HardenerListing>().ToList();
        Assert.Equal([("forge-hardener", true, true), ("alike", false, false), ("better", false, false)], hardeners.Select(h => (h.Name, h.Enabled, h.Shipped)));
        Assert.Equal(("forge-hardener", 1200, 4000), (hardeners[2].ParentName, hardeners[2].Data.Rules, hardeners[2].Recipe.Steps));
        Assert.Equal("ModelNotFound", Assert.Single(Run(new GetForgeModelCommand { Name = ["nobody"] }).Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Two_models_are_compared_by_wording_and_by_family()
    {
        var comparison = One<ProposalComparison>(new CompareForgeModelCommand { Reference = "forge-hardener", Difference = "better" });
        Assert.Equal((ComparisonVerdict.Better, 39, 78), (comparison.Verdict, comparison.Rules, comparison.Texts));
        Assert.Equal(["sysctl", "package", "none"], comparison.ByFamily.Select(f => f.Name));
        Assert.Equal(["check", "content"], comparison.ByWording.Select(w => w.Name));

        var check = One<ProposalComparison>(new CompareForgeModelCommand { Reference = "forge-hardener", Difference = "alike", Wording = ComparedWording.Check, Set = ["test", "final"] });
        Assert.Equal((ComparisonVerdict.NoDifferenceShown, 40, 40, "check"), (check.Verdict, check.Rules, check.Texts, Assert.Single(check.ByWording).Name));
        Assert.StartsWith("No difference that the data can show: of 40 held-out rules", check.Sentence, StringComparison.Ordinal);
        Assert.Equal("HeldOutEmpty", ErrorOf(new CompareForgeModelCommand { Reference = "forge-hardener", Difference = "alike", Set = ["nothing"] }));
        Assert.Equal("ModelGivenTwice", ErrorOf(new CompareForgeModelCommand { Reference = "alike", Difference = "alike" }));
    }

    [Fact]
    public void No_model_at_all_can_be_compared_with()
        => Assert.Equal((0, 33, 4), (One<ProposalComparison>(new CompareForgeModelCommand { Reference = "None", Difference = "better" }) is var c ? (c.Both, c.OnlyDifference, c.Reference.Exact) : default));

    [Fact]
    public void What_is_better_is_enabled_and_disabling_says_what_is_restored()
    {
        var change = One<HardenerChange>(new EnableForgeModelCommand { Name = "better" });
        Assert.Equal((HardenerChangeKind.Enabled, Environment.UserName), (change.Kind, change.By));
        Assert.Contains("better", EnabledNames());
        Assert.Equal("HardenerNotEnabled", ErrorOf(new DisableForgeModelCommand { Name = "alike" }));

        var restored = One<HardenerChange>(new DisableForgeModelCommand());
        Assert.Equal((HardenerChangeKind.Restored, "forge-hardener", "better"), (restored.Kind, restored.Name, restored.Before));
        Assert.Equal(["forge-hardener"], EnabledNames());
        Assert.Equal("NothingBefore", ErrorOf(new DisableForgeModelCommand()));
    }

    [Fact]
    public void What_is_not_better_is_refused_and_the_refusal_is_kept()
    {
        var runtime = Run(new EnableForgeModelCommand { Name = "alike" });
        var error = Assert.Single(runtime.Errors);
        Assert.StartsWith("HardenerNotBetter", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("No difference that the data can show", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(runtime.Objects);
        Assert.Equal(["forge-hardener"], EnabledNames());
        Assert.Equal(HardenerChangeKind.Refused, Assert.Single(_services.Hardeners.History()).Kind);

        Assert.True(One<HardenerChange>(new EnableForgeModelCommand { Name = "alike", Force = true, Reason = "our own packages" }).Forced);
        Assert.Equal(["alike"], EnabledNames());
    }

    [Fact]
    public void What_is_not_confirmed_changes_nothing()
    {
        Assert.Empty(Run(new EnableForgeModelCommand { Name = "better" }, answer: false).Objects);
        Run(new EnableForgeModelCommand { Name = "alike" }, answer: false);
        Assert.False(File.Exists(_home.EnabledFile));
    }

    [Fact]
    public async Task What_runs_showed_is_exported_with_a_script_and_without_held_out_rules()
    {
        var run = await AddRunAsync("20261121-0900-lab-stig-0001", "own_rule", "r07");
        var folder = Path.Combine(_home.Root, "export");
        var exported = One<ExportedPreferences>(new ExportForgePreferenceCommand { RunId = [run], Path = folder });
        Assert.Equal((folder, 1, 1, 1, 1, 1), (exported.Folder, exported.Preferences, exported.Proven, exported.Rejected, exported.LeftOut, exported.Runs));

        var line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder, "preferences.jsonl")))).RootElement;
        Assert.Equal(("own_rule", "Remove telnet", "telnet"), (line.GetProperty("id").GetString(), line.GetProperty("title").GetString(), line.GetProperty("chosen").GetProperty("name").GetString()));
        Assert.Equal("telnetd", line.GetProperty("rejected")[0].GetProperty("action").GetProperty("name").GetString());
        Assert.Contains("[redacted:password-hash]", line.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal(["own_rule"], await File.ReadAllLinesAsync(Path.Combine(folder, "train-ids.txt")));
        Assert.Equal("FolderNotEmpty", ErrorOf(new ExportForgePreferenceCommand { RunId = [run], Path = folder }));
    }

    [Fact]
    public async Task The_script_calls_the_recipe_of_the_clone_it_is_given()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a POSIX shell is needed");
        var folder = Path.Combine(_home.Root, "it's here");
        One<ExportedPreferences>(new ExportForgePreferenceCommand { RunId = [await AddRunAsync("20261121-0900-lab-stig-0001", "own_rule")], Path = folder });
        var clone = Directory.CreateDirectory(Path.Combine(_home.Root, "clone")).FullName;
        await File.WriteAllTextAsync(Path.Combine(clone, "build.cs"), "");
        var tools = Directory.CreateDirectory(Path.Combine(_home.Root, "tools")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tools, "dotnet"), "#!/bin/sh\npwd\nfor a in \"$@\"; do echo \"$a\"; done\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(tools, "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var parent = Directory.CreateDirectory(Path.Combine(_home.Root, "mine")).FullName;
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder, "train.sh"), clone, "mine"]) { RedirectStandardOutput = true, WorkingDirectory = _home.Root };
        start.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal([clone, "run", "build.cs", "--", "train", "--from", folder, "--parent", parent], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_run_whose_journal_does_not_verify_gives_nothing_and_the_others_do()
    {
        var (good, bad) = (await AddRunAsync("20261121-0900-lab-stig-0001", "own_rule"), await AddRunAsync("20261121-1000-lab-stig-0002", "other_rule"));
        var events = Path.Combine(_services.Runs.FolderOf(bad), "events.jsonl");
        await File.WriteAllTextAsync(events, (await File.ReadAllTextAsync(events)).Replace("telnetd", "telnets", StringComparison.Ordinal));
        var runtime = Run(new ExportForgePreferenceCommand { RunId = [bad, good], Path = Path.Combine(_home.Root, "export") });
        Assert.StartsWith("JournalDamaged", Assert.Single(runtime.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(1, Assert.IsType<ExportedPreferences>(Assert.Single(runtime.Objects)).Preferences);
        Assert.Equal("JournalDamaged", ErrorOf(new ExportForgePreferenceCommand { RunId = [bad], Path = Path.Combine(_home.Root, "none") }));
        Assert.Equal("NothingToExport", ErrorOf(new ExportForgePreferenceCommand { RunId = [await AddRunAsync("20261121-1100-lab-stig-0003")], Path = Path.Combine(_home.Root, "none") }));
    }

    private List<string> EnabledNames() => [.. Run(new GetForgeModelCommand()).Objects.OfType<HardenerListing>().Where(h => h.Enabled).Select(h => h.Name)];

    private static T One<T>(ForgeCmdlet command)
    {
        var runtime = Run(command);
        Assert.True(runtime.Errors.Count == 0, string.Join("; ", runtime.Errors.Select(e => e.Exception.Message)));
        return Assert.IsType<T>(Assert.Single(runtime.Objects));
    }

    /// <summary>The id of the one error, whether it ended the command or not.</summary>
    private static string ErrorOf(ForgeCmdlet command)
    {
        try
        {
            return Assert.Single(Run(command).Errors).FullyQualifiedErrorId.Split(',')[0];
        }
        catch (RuntimeException e)
        {
            return e.ErrorRecord.FullyQualifiedErrorId.Split(',')[0];
        }
    }

    private static RecordingRuntime Run(ForgeCmdlet command, bool answer = true)
    {
        var runtime = new RecordingRuntime { Answer = answer };
        using (command)
        {
            command.CommandRuntime = runtime;
            var driver = new HostedCommand(command);
            driver.Begin();
            driver.Process();
            driver.End();
        }

        return runtime;
    }

    /// <summary>A real run folder in which a model failed once and then fixed each of some rules.</summary>
    private async Task<string> AddRunAsync(string id, params string[] rules)
    {
        var run = new RunRecord
        {
            Id = id, Skill = "stig", Targets = ["lab"], Parameters = new Dictionary<string, string>(), StartedAt = DateTimeOffset.UnixEpoch, ForgeVersion = "0.1.0",
        };
        await using var journal = await _services.Runs.CreateAsync(run, CancellationToken.None);
        foreach (var rule in rules)
        {
            var finding = new Finding { Id = rule, Target = "lab", Skill = "stig", Title = "Remove telnet", Description = "Not $6$saltsalt$0123456789012345678901234567890123456789." };
            ForgeEvent[] events =
            [
                new ItemQueued(finding, "packages"),
                .. Tried(1, "telnetd", ItemState.Escalated, FailureMode.EvaluatorGap),
                .. Tried(2, "telnet", ItemState.Remediated, FailureMode.None),
            ];
            foreach (var one in events)
            {
                await journal.AppendAsync(one with { Target = "lab", Item = rule }, false, CancellationToken.None);
            }
        }

        await journal.AppendAsync(new RunEnded(RunStatus.Succeeded, ""), true, CancellationToken.None);
        await _services.Runs.SaveAsync(run with { Status = RunStatus.Succeeded }, CancellationToken.None);
        return id;

        ForgeEvent[] Tried(int attempt, string package, ItemState state, FailureMode mode) =>
        [
            new ActionProposed(attempt, attempt, $$"""{"action":"package","name":"{{package}}","state":"absent"}""", "", "", FailureMode.None, ""),
            new AttemptStarted(attempt, "model", "", ActionRisk.Reversible, ""),
            new ItemEnded(new ItemResult { Id = rules[0], Target = "lab", RunId = id, Outcome = state, FailureMode = mode }),
        ];
    }
}
