using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Stops labs; their disks stay.</summary>
/// <example>
/// <para>Stops a lab; its disk stays.</para>
/// <code>Stop-ForgeLab practice</code>
/// </example>
/// <example>
/// <para>Stops all that run.</para>
/// <code>Get-ForgeLab | Where-Object State -eq Running | Stop-ForgeLab</code>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ForgeLab", SupportsShouldProcess = true)]
[OutputType(typeof(LabMachine))]
public sealed class StopForgeLabCommand : LabCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            if (await sink.ShouldProcessAsync(name, "stop"))
            {
                await sink.WriteAsync(await Labs.StopAsync(name, cancellationToken));
            }
        }
    }
}
