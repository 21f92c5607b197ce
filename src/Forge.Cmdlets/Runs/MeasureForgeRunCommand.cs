using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Runs;

/// <summary>Measures runs: rates with both denominators, arms, attempts, and where the time went.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ForgeRun")]
[OutputType(typeof(RunMeasurement))]
public sealed class MeasureForgeRunCommand : RunCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var id in Id)
        {
            var run = await Services.Runs.GetAsync(id, cancellationToken);
            foreach (var target in run.Summary?.Targets ?? [])
            {
                await sink.WriteAsync(new RunMeasurement(id, target));
            }
        }
    }
}
