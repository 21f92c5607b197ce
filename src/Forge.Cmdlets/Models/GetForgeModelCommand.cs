using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Models;

/// <summary>Gets the models that were added, with their roles, and the hardening models, with their lineage. Loads none of them.</summary>
/// <example>
/// <para>Shows the models with their roles.</para>
/// <code>Get-ForgeModel</code>
/// </example>
/// <example>
/// <para>Shows where a hardening model comes from, and its figures.</para>
/// <code>(Get-ForgeModel forge-hardener).Figures</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeModel")]
[OutputType(typeof(ModelListing), typeof(HardenerListing))]
public sealed class GetForgeModelCommand : ForgeCmdlet
{
    /// <summary>Names or wildcards; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name or wildcard; default all.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ListedModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var registry = ForgeServices.Current.Models;
        var (models, roles) = (registry.Load(), registry.Roles());
        var hardeners = await HardenersAsync(sink);
        foreach (var name in Name)
        {
            var isPattern = name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal);
            Func<string, bool> matches = isPattern ? Names.ToRegex(name).IsMatch : n => n == name;
            List<object> found = [.. models.Where(m => matches(m.Name)).Select(m => ModelListing.Of(m, roles)), .. hardeners.Where(m => matches(m.Name))];
            if (found.Count == 0 && !isPattern)
            {
                await sink.WriteErrorAsync(new ForgeException("ModelNotFound", ForgeErrorKind.NotFound, $"There is no model '{name}'.", models.Count == 0 ? "Add one with Add-ForgeModel." : $"Models are {string.Join(", ", models.Select(m => m.Name))}.", name));
            }

            foreach (var model in found)
            {
                await sink.WriteAsync(model);
            }
        }
    }

    /// <summary>The hardening models; what cannot be read of them is an error beside them and hides nothing else.</summary>
    private static async Task<IReadOnlyList<HardenerListing>> HardenersAsync(ICmdletSink sink)
    {
        var shelf = ForgeServices.Current.Hardeners;
        var all = shelf.List(out var faults);
        foreach (var fault in faults)
        {
            await sink.WriteErrorAsync(fault);
        }

        try
        {
            var enabled = shelf.EnabledName;
            return [.. all.Select(m => HardenerListing.Of(m, enabled, all))];
        }
        catch (ForgeException e) when (e.Id == "HardenerHistoryInvalid")
        {
            await sink.WriteErrorAsync(e);
            return [];
        }
    }
}
