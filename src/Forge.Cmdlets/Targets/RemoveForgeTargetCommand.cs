using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Operations;

namespace Forge.Cmdlets.Targets;

/// <summary>Removes a machine from the inventory, and from the machine what Forge stored there.</summary>
/// <example>
/// <para>Removes a machine from the inventory, and from the machine what Forge stored there.</para>
/// <code>Remove-ForgeTarget web01</code>
/// </example>
/// <example>
/// <para>Forgets one that is gone and cannot be reached.</para>
/// <code>Remove-ForgeTarget web01 -KeepHostState -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ForgeTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemoveForgeTargetCommand : ForgeCmdlet
{
    /// <summary>Names or wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name or wildcard.")]
    [Alias("Target")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Leave the machine as it is.</summary>
    [Parameter(HelpMessage = "Do not connect to the machine; leave there what Forge stored.")]
    public SwitchParameter KeepHostState { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var target in TargetSelection.Find(ForgeServices.Current, Name))
        {
            if (!await sink.ShouldProcessAsync(target.Name, KeepHostState ? "remove from the inventory" : "remove from the inventory, and remove what Forge stored on it"))
            {
                continue;
            }

            if (!KeepHostState)
            {
                await CleanAsync(target, cancellationToken);
            }

            await ForgeServices.Current.Inventory.RemoveAsync(target.Name, cancellationToken);
        }
    }

    private static async Task CleanAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        try
        {
            await using var fixer = await ForgeServices.Current.Connector.ConnectAsync(target, ConnectionRole.Fixer, cancellationToken);
            await new HostWrapperFactory().For(fixer).RemoveAsync(cancellationToken);
        }
        catch (ForgeException e)
        {
            throw new ForgeException(
                "TargetNotCleaned",
                e.Kind,
                $"What Forge stored on {target.Name} could not be removed: {e.Message}",
                "Mend the connection and try again, or remove the entry alone with -KeepHostState.",
                target.Name,
                e);
        }
    }
}
