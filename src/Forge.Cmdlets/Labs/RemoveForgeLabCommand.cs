using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Labs;

/// <summary>Removes labs with all that belongs to them; nothing of them runs on.</summary>
[Cmdlet(VerbsCommon.Remove, "ForgeLab", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemoveForgeLabCommand : LabCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            if (await sink.ShouldProcessAsync(name, "remove with its disks and checkpoints"))
            {
                await Labs.RemoveAsync(name, cancellationToken);
            }
        }
    }
}
