using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Starts labs; returns when a login works.</summary>
[Cmdlet(VerbsLifecycle.Start, "ForgeLab", SupportsShouldProcess = true)]
[OutputType(typeof(LabMachine))]
public sealed class StartForgeLabCommand : LabCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            if (await sink.ShouldProcessAsync(name, "start"))
            {
                await sink.WriteAsync(await Labs.StartAsync(name, cancellationToken));
            }
        }
    }
}
