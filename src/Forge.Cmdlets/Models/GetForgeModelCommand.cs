using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Models;

/// <summary>Gets the models that were added, with their roles. Loads none of them.</summary>
[Cmdlet(VerbsCommon.Get, "ForgeModel")]
[OutputType(typeof(ModelListing))]
public sealed class GetForgeModelCommand : ForgeCmdlet
{
    /// <summary>Names or wildcards; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name or wildcard; default all.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var registry = ForgeServices.Current.Models;
        var (models, roles) = (registry.Load(), registry.Roles());
        foreach (var name in Name)
        {
            var isPattern = name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal);
            var found = models.Where(m => isPattern ? Names.ToRegex(name).IsMatch(m.Name) : m.Name == name).ToList();
            if (found.Count == 0 && !isPattern)
            {
                await sink.WriteErrorAsync(new ForgeException("ModelNotFound", ForgeErrorKind.NotFound, $"There is no model '{name}'.", models.Count == 0 ? "Add one with Add-ForgeModel." : $"Models are {string.Join(", ", models.Select(m => m.Name))}.", name));
            }

            foreach (var model in found)
            {
                await sink.WriteAsync(ModelListing.Of(model, roles));
            }
        }
    }
}
