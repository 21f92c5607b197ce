using System.Management.Automation;
using System.Text.Json;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Cmdlets.Targets;
using Forge.Core.Conflicts;
using Forge.Core.Decisions;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Tasks;

/// <summary>Fixes findings one after another: proves each fix from outside, takes back what made things worse, reboots and scans again.</summary>
/// <example>
/// <para>Shows what would be done, and changes nothing.</para>
/// <code>Invoke-ForgeTask web01 -Skill stig -Profile cis_level2_server -WhatIf</code>
/// </example>
/// <example>
/// <para>Works without a person: half an hour of fixing, four machines at once.</para>
/// <code>Invoke-ForgeTask tag:web -Skill stig -Budget 0:30:00 -ThrottleLimit 4 -Decision ./decisions.yaml -Confirm:$false</code>
/// </example>
/// <example>
/// <para>Fixes two findings by name.</para>
/// <code>Get-ForgeFinding web01 -Skill stig | Where-Object Id -in sshd_disable_root_login, sysctl_kernel_randomize_va_space | Invoke-ForgeTask</code>
/// </example>
/// <example>
/// <para>Reaches a goal of your own with a model of your own; commands say when it is reached.</para>
/// <code>Invoke-ForgeTask web01 -Goal 'nginx answers on port 8080' -Verify 'curl -fsS http://127.0.0.1:8080/' -Probe 'systemctl is-active ssh' -Model worker</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "ForgeTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ItemResult), typeof(RunRecord))]
public sealed class InvokeForgeTaskCommand : SkillTargetCmdlet
{
    private readonly Dictionary<string, TargetDescription> _targets = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private DecisionFile? _decided;

    /// <summary>Findings from Get-ForgeFinding.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Findings from Get-ForgeFinding; without them all that the first scan finds.")]
    public Finding? Finding { get; set; }

    /// <summary>A goal in plain words.</summary>
    [Parameter(HelpMessage = "A goal in plain words, for your own model to reach; -Verify says when it is reached.")]
    public string? Goal { get; set; }

    /// <summary>Commands that verify the goal.</summary>
    [Parameter(HelpMessage = "Shell commands that end with exit code 0 where the goal holds; all of them count.")]
    public string[] Verify { get; set; } = [];

    /// <summary>Commands that must stay true.</summary>
    [Parameter(HelpMessage = "Shell commands that end with exit code 0 before, and must do so after every change.")]
    public string[] Probe { get; set; } = [];

    /// <summary>Which model works.</summary>
    [Parameter(HelpMessage = "Name of the model that works on what no other source fixes; default the one with the role Worker, see Get-ForgeModel.")]
    [ArgumentCompleter(typeof(Models.ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Arms that are not asked.</summary>
    [Parameter(HelpMessage = "Sources of fixes that are not asked: content, extractor, small-model, model.")]
    [ValidateSet("content", "extractor", "small-model", "model")]
    public string[] ExcludeArm { get; set; } = [];

    /// <summary>Whether a model may write scripts.</summary>
    [Parameter(HelpMessage = "Let the model propose whole scripts, which have the highest class; what does not help is still taken back.")]
    public SwitchParameter AllowScript { get; set; }

    /// <summary>Time for the run's fixing.</summary>
    [Parameter(HelpMessage = "Time for the run's fixing, for example 0:30:00; the last reboot and scan still follow.")]
    [Duration]
    public TimeSpan Budget { get; set; }

    /// <summary>Time for one change.</summary>
    [Parameter(HelpMessage = "Time for one change, enforced on the host. Default: the skill's time for an item.")]
    [Duration]
    public TimeSpan ActionTimeout { get; set; }

    /// <summary>Rounds of fix, reboot, scan; 1 to 10, default as the skill says.</summary>
    [Parameter(HelpMessage = "Rounds of fix, reboot, scan; default as the skill says.")]
    [ValidateRange(1, 10)]
    public int MaxRounds { get; set; }

    /// <summary>Targets side by side, 1 to 64.</summary>
    [Parameter(HelpMessage = "Targets worked on side by side.")]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Never reboot.</summary>
    [Parameter(HelpMessage = "Never reboot; what passes only after a reboot stays deferred.")]
    public SwitchParameter NoReboot { get; set; }

    /// <summary>Digests of irreversible actions that are approved.</summary>
    [Parameter(HelpMessage = "SHA-256 of the exact bytes of irreversible actions that you approve, as the item's reason shows it.")]
    public string[] Approval { get; set; } = [];

    /// <summary>What only the user can decide.</summary>
    [Parameter(HelpMessage = "Path of a decision file (New-ForgeDecision writes one): what is decided there is done, and its irreversible actions are approved.")]
    public string? Decision { get; set; }

    /// <summary>Which sides of conflicts are wanted.</summary>
    [Parameter(HelpMessage = "What you prefer where two items cannot both hold: package:NAME, no package:NAME, service:NAME, no service:NAME or KEY=VALUE; comes before the skill's preferences.")]
    [ValidatePattern("^((no )?(package|service):[^ ]+|[^ =:]+=.*)$")]
    public string[] Prefer { get; set; } = [];

    /// <summary>Try again what did harm here before.</summary>
    [Parameter(HelpMessage = "Try again what hung or broke this host in an earlier run. Weakens no other check.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Leave nothing of Forge on the targets.</summary>
    [Parameter(HelpMessage = "Remove what Forge stored on the targets at the end.")]
    public SwitchParameter RemoveHostState { get; set; }

    /// <summary>Give the run instead of its items.</summary>
    [Parameter(HelpMessage = "Give the run's record instead of its items.")]
    public SwitchParameter AsRun { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Goal is not null)
        {
            Skill ??= SkillWith("wanted");
        }

        if (Finding is { } finding)
        {
            _findings.Add(finding);
            Skill ??= finding.Skill;
            Profile ??= finding.Profile;
            if (finding.Skill != SkillName || finding.Profile != Profile)
            {
                throw new ForgeException(
                    "FindingsMixed", ForgeErrorKind.BadInput, $"Finding {finding.Id} is of {finding.Skill}, {finding.Profile}; the run is of {SkillName}, {Profile}.", "One run takes findings of one skill and profile.", finding);
            }
        }

        foreach (var target in Finding is { } f ? TargetSelection.Find(Services, [f.Target]) : ResolveTargets())
        {
            _targets[target.Name] = target;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (_targets.Count == 0)
        {
            return;
        }

        if (Goal is not null && Ports().Models.Find(ModelRole.Worker) is null)
        {
            await sink.WriteWarningAsync("No model has the role Worker, and nothing else chooses changes that reach what you want. Add-ForgeModel adds one (about_Forge_Models).");
        }

        _decided = Decision is { } path ? Decided.Read(Services, SkillName, GetUnresolvedProviderPathFromPSPath(path)) : null;
        if (IsDryRun)
        {
            await PlanAsync(sink, cancellationToken);
            return;
        }

        var observer = new CmdletObserver(sink);
        var run = await StopFile.WatchAsync(
            () => Services.Runs.FolderOf(observer.RunId), () => observer.RunId.Length > 0,
            token => new RunLoop(Ports()).RunAsync(Request(), observer, token), cancellationToken);
        await RunEnding.FinishAsync(sink, Services, run, AsRun, SetOutcome);
    }

    private async Task PlanAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (_findings.Count == 0)
        {
            var observer = new CmdletObserver(sink) { OnFinding = finding => Take(finding) };
            var scan = await new RunLoop(Ports()).RunAsync(Request() with { ScanOnly = true }, observer, cancellationToken);
            await RunEnding.TellAsync(sink, scan, SetOutcome);
        }

        await foreach (var action in new TaskPlanner(Ports()).PlanAsync(Request(), cancellationToken))
        {
            await sink.ShouldProcessAsync(PlanText.Of(action), "", "");
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> OwnParameters()
    {
        if (Goal is { } wanted)
        {
            yield return new("wanted", wanted);
        }

        if (Verify.Length > 0)
        {
            yield return new("verify", JsonSerializer.Serialize(Verify));
        }

        if (Probe.Length > 0)
        {
            yield return new("probe", JsonSerializer.Serialize(Probe));
        }
    }

    private LoopPorts Ports() => Services.LoopPorts(ExcludeArm.Contains("model", StringComparer.Ordinal) ? NoModels.Instance : Services.ModelSource(Model));

    private ValueTask Take(Finding finding)
    {
        _findings.Add(finding);
        return ValueTask.CompletedTask;
    }

    private RunRequest Request() => new()
    {
        Skill = SkillName,
        Targets = [.. _targets.Values],
        Parameters = SkillParameters(),
        Findings = _findings,
        Budget = Budget == TimeSpan.Zero ? null : Budget,
        ActionTimeout = ActionTimeout == TimeSpan.Zero ? null : ActionTimeout,
        AllowReboot = !NoReboot,
        MaxRounds = MaxRounds == 0 ? null : MaxRounds,
        ThrottleLimit = ThrottleLimit,
        Decisions = _decided,
        Approvals = Approval.Select(a => a.ToLowerInvariant()).ToHashSet(),
        Preferences = [.. Prefer.Concat(_decided?.Prefer ?? []).Select(p => new Preference(p, "", "you"))],
        ExcludedArms = ExcludeArm.ToHashSet(StringComparer.Ordinal),
        AllowScripts = AllowScript,
        IgnoreLessons = Force,
        RemoveHostState = RemoveHostState,
    };
}
