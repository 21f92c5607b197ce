using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Stops labs; their disks stay.</summary>
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
