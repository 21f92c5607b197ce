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
        return Name.Select(n => all.FirstOrDefault(m => m.Name == n) ?? throw NotFound(n, all));
    }

    /// <summary>A name that is no model's, or a hardening model's, which no chat reaches.</summary>
    internal static ForgeException NotFound(string name, IReadOnlyList<ModelDescription> all) => ForgeServices.Current.Hardeners.List(out _).Any(m => m.Name == name)
        ? new ForgeException("ModelNotFound", ForgeErrorKind.NotFound, $"'{name}' is a hardening model; this command is for models that chat.", "Compare-ForgeModel measures hardening models.", name)
        : new ForgeException(
            "ModelNotFound", ForgeErrorKind.NotFound, $"There is no model '{name}'.", all.Count == 0 ? "Add one with Add-ForgeModel." : $"Models are {string.Join(", ", all.Select(m => m.Name))}.", name);
}
