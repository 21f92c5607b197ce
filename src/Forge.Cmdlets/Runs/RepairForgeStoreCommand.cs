using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Store.Index;

namespace Forge.Cmdlets.Runs;

/// <summary>Builds the index over the runs again from their folders.</summary>
/// <example>
/// <para>Builds the index over the runs again.</para>
/// <code>Repair-ForgeStore</code>
/// </example>
/// <example>
/// <para>Says what it would do.</para>
/// <code>Repair-ForgeStore -WhatIf</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Repair, "ForgeStore", SupportsShouldProcess = true)]
[OutputType(typeof(IndexRebuild))]
public sealed class RepairForgeStoreCommand : ForgeCmdlet
{
    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (await sink.ShouldProcessAsync(ForgeServices.Current.Index.FilePath, "build again from the run folders"))
        {
            await sink.WriteAsync(await ForgeServices.Current.Index.RebuildAsync(cancellationToken));
        }
    }
}
