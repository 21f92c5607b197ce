using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Models;

/// <summary>Tests models, one row a check: the file before anything loads it, its digest, the memory there is, the load in a process of its own, an answer.</summary>
/// <example>
/// <para>Tests a model's file, memory, load and answer.</para>
/// <code>Test-ForgeModel worker</code>
/// </example>
/// <example>
/// <para>Shows what is wrong with any of them.</para>
/// <code>Get-ForgeModel | Where-Object Kind -ne Hardener | Test-ForgeModel | Where-Object Result -ne Ok</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ForgeModel")]
[OutputType(typeof(ModelCheck))]
public sealed class TestForgeModelCommand : ModelCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var model in Models())
        {
            await foreach (var check in new ModelTester(ForgeServices.Current, model).TestAsync(cancellationToken))
            {
                if (check.Result == ModelCheckResult.Failed)
                {
                    SetOutcome(ForgeOutcome.Failed);
                }

                await sink.WriteAsync(check);
            }
        }
    }
}
