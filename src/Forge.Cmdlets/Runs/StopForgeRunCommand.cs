using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>Asks a run of another process to stop after its current step; it can be resumed.</summary>
/// <example>
/// <para>Asks a run of another process to stop after its current step.</para>
/// <code>Get-ForgeRun -Status Running | Stop-ForgeRun</code>
/// </example>
/// <example>
/// <para>The same for one run, by its id.</para>
/// <code>Stop-ForgeRun (Get-ForgeRun -Last 1).Id -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ForgeRun", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopForgeRunCommand : RunCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var id in Id)
        {
            var run = await Services.Runs.GetAsync(id, cancellationToken);
            if (run.Status != RunStatus.Running)
            {
                await sink.WriteWarningAsync($"Run {id} does not run ({run.Status}).");
            }
            else if (await sink.ShouldProcessAsync(id, "stop after the current step"))
            {
                StopFile.Ask(Services.Runs.FolderOf(id));
            }
        }
    }
}
