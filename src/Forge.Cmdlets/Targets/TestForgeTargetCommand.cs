using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Targets.Checks;

namespace Forge.Cmdlets.Targets;

/// <summary>Tests whether a target can be worked on, one row a check.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ForgeTarget")]
[OutputType(typeof(TargetCheck))]
public sealed class TestForgeTargetCommand : TargetCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var tester = new TargetTester(Services.Connector, Services.HostKeys, Services.LoopPorts().Checkpoints, TimeProvider.System, new ScannerCheck(Services).TestAsync);
        foreach (var target in ResolveTargets())
        {
            await foreach (var check in tester.TestAsync(target, cancellationToken))
            {
                if (check.Result == TargetCheckResult.Failed)
                {
                    SetOutcome(ForgeOutcome.Failed);
                }

                await sink.WriteAsync(check);
            }
        }
    }
}
