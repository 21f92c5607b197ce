using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Labs;

/// <summary>Removes labs with all that belongs to them; nothing of them runs on.</summary>
/// <example>
/// <para>Removes a lab.</para>
/// <code>Remove-ForgeLab practice</code>
/// </example>
/// <example>
/// <para>Removes all of them without being asked.</para>
/// <code>Get-ForgeLab | Remove-ForgeLab -Confirm:$false</code>
/// </example>
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
