using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Targets;
using Forge.Cmdlets.Tasks;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Runs;

/// <summary>Goes on with a run that was stopped or whose process is gone. The journal and the host are asked first; nothing is run twice.</summary>
/// <example>
/// <para>Goes on with a run after a crash or a reboot of this machine.</para>
/// <code>Get-ForgeRun -Last 1 | Resume-ForgeRun</code>
/// </example>
/// <example>
/// <para>Goes on with one by its id, without being asked, and gives the run as one object.</para>
/// <code>Resume-ForgeRun (Get-ForgeRun -Status Stopped)[0].Id -AsRun -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "ForgeRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ItemResult), typeof(RunRecord))]
public sealed class ResumeForgeRunCommand : RunCmdlet
{
    /// <summary>Time for one change.</summary>
    [Parameter(HelpMessage = "Time for one change, enforced on the host; default as the run was started with.")]
    [Duration]
    public TimeSpan ActionTimeout { get; set; }

    /// <summary>Give the run instead of its items.</summary>
    [Parameter(HelpMessage = "Give the run's record instead of its items.")]
    public SwitchParameter AsRun { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var id in Id)
        {
            var record = await Services.Runs.GetAsync(id, cancellationToken);
            StopFile.Clear(Services.Runs.FolderOf(id));
            var request = new RunRequest
            {
                Skill = record.Skill,
                Targets = TargetSelection.Find(Services, record.Targets),
                Parameters = record.Parameters,
                Findings = [.. record.ItemsByTarget.SelectMany(t => t.Value.Select(i => new Finding { Id = i, Target = t.Key, Skill = record.Skill, Title = i }))],
                ScanOnly = record.ScanOnly,
                PrepareOnly = record.PrepareOnly,
                MaxRounds = record.MaxRounds,
                Approvals = record.Approvals.ToHashSet(StringComparer.Ordinal),
                Decisions = Decided.Again(Services, record),
                Preferences = [.. record.Prefer.Select(p => new Core.Conflicts.Preference(p, "", "you"))],
                ExcludedArms = record.ExcludedArms.ToHashSet(StringComparer.Ordinal),
                AllowScripts = record.AllowScripts,
                IgnoreLessons = record.IgnoreLessons,
                RemoveHostState = record.RemoveHostState,
                ThrottleLimit = record.ThrottleLimit,
                Budget = record.Budget,
                AllowReboot = record.AllowReboot,
                ActionTimeout = ActionTimeout > TimeSpan.Zero ? ActionTimeout : record.ActionTimeout,
            };
            var observer = new CmdletObserver(sink);
            var run = await StopFile.WatchAsync(
                () => Services.Runs.FolderOf(id), () => true,
                token => new RunLoop(Services.LoopPorts(Services.ModelSource(record))).ResumeAsync(id, request, observer, token), cancellationToken);
            await RunEnding.FinishAsync(sink, Services, run, AsRun, SetOutcome);
        }
    }
}
