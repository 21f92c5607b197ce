using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Models;

/// <summary>Forgets models and their roles; their files stay.</summary>
/// <example>
/// <para>Forgets a model; its file stays.</para>
/// <code>Remove-ForgeModel worker</code>
/// </example>
/// <example>
/// <para>Forgets all recordings.</para>
/// <code>Get-ForgeModel | Where-Object Kind -eq Replay | Remove-ForgeModel -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ForgeModel", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveForgeModelCommand : ForgeCmdlet
{
    /// <summary>Names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Names of models.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var registry = ForgeServices.Current.Models;
        foreach (var name in Name)
        {
            if (await sink.ShouldProcessAsync(name, $"remove from {registry.File}") && !await registry.RemoveAsync(name, cancellationToken))
            {
                await sink.WriteErrorAsync(ModelCmdlet.NotFound(name, registry.Load()));
            }
        }
    }
}
