using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Targets.Checks;

namespace Forge.Cmdlets.Targets;

/// <summary>Tests whether a target can be worked on, one row a check.</summary>
/// <example>
/// <para>Tests whether a machine can be worked on, one row a check.</para>
/// <code>Test-ForgeTarget web01</code>
/// </example>
/// <example>
/// <para>Tests one that is not in the inventory.</para>
/// <code>Test-ForgeTarget -HostName web01.example.net -UserName ops -KeyFilePath ~/.ssh/id_ed25519</code>
/// </example>
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
