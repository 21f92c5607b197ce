using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>Removes old runs. The newest, and any that runs, stay.</summary>
/// <example>
/// <para>Shows which runs would go if the newest fifty stayed.</para>
/// <code>Clear-ForgeRun -KeepLast 50 -WhatIf</code>
/// </example>
/// <example>
/// <para>Removes what is older than a quarter of a year, without being asked.</para>
/// <code>Clear-ForgeRun -OlderThan 90.00:00:00 -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Clear, "ForgeRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class ClearForgeRunCommand : ForgeCmdlet
{
    /// <summary>How many of the newest runs stay.</summary>
    [Parameter(HelpMessage = "How many of the newest runs stay.")]
    [ValidateRange(0, int.MaxValue)]
    public int KeepLast { get; set; } = 10;

    /// <summary>Runs younger than this stay.</summary>
    [Parameter(HelpMessage = "Runs younger than this stay, for example 30d.")]
    [Duration]
    public TimeSpan OlderThan { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var runs = await ForgeServices.Current.Runs.ListAsync(null, cancellationToken);
        foreach (var run in runs.Skip(KeepLast).Where(r => r.Status != RunStatus.Running && DateTimeOffset.UtcNow - r.StartedAt > OlderThan))
        {
            if (await sink.ShouldProcessAsync(run.Id, $"remove the run of {run.StartedAt:u}"))
            {
                await ForgeServices.Current.Runs.RemoveAsync(run.Id, cancellationToken);
            }
        }
    }
}
