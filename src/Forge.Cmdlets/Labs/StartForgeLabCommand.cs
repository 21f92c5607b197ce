using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Starts labs; returns when a login works.</summary>
/// <example>
/// <para>Starts a lab; a login works when it returns.</para>
/// <code>Start-ForgeLab practice</code>
/// </example>
/// <example>
/// <para>Starts all of them.</para>
/// <code>Get-ForgeLab | Start-ForgeLab</code>
/// </example>
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
