using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Models;

namespace Forge.Cmdlets.Models;

/// <summary>Base of commands that ask models by name.</summary>
public abstract class ModelCmdlet : ForgeCmdlet
{
    /// <summary>Names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Names of models.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The models of these names.</summary>
    /// <exception cref="ForgeException">Id <c>ModelNotFound</c>.</exception>
    protected IEnumerable<ModelDescription> Models()
    {
        var all = ForgeServices.Current.Models.Load();
        return Name.Select(n => all.FirstOrDefault(m => m.Name == n) ?? throw new ForgeException(
            "ModelNotFound", ForgeErrorKind.NotFound, $"There is no model '{n}'.", all.Count == 0 ? "Add one with Add-ForgeModel." : $"Models are {string.Join(", ", all.Select(m => m.Name))}.", n));
    }
}
