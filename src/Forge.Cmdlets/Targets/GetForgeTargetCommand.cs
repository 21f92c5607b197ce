using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Gets targets of the inventory and of the user's ssh configuration.</summary>
/// <example>
/// <para>Shows the machines that Forge knows by name.</para>
/// <code>Get-ForgeTarget</code>
/// </example>
/// <example>
/// <para>Tests all of them and shows what stands in the way.</para>
/// <code>Get-ForgeTarget | Test-ForgeTarget | Where-Object Result -eq Failed</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeTarget")]
[OutputType(typeof(TargetDescription))]
public sealed class GetForgeTargetCommand : ForgeCmdlet
{
    /// <summary>Names, wildcards or <c>tag:...</c>; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name, wildcard or tag:...; default all.")]
    [Alias("Target")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            // A plain name may also be a lab's; wildcards and tags are the inventory's.
            var found = ForgeServices.Current.Labs.Exists(name) ? TargetSelection.Find(ForgeServices.Current, [name]) : ForgeServices.Current.Inventory.Find(name);
            await sink.WriteAsync(found, enumerateCollection: true);
        }
    }
}
