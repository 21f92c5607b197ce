using System.Collections.Concurrent;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Composition;

/// <summary>The enabled hardening model, kept loaded for the life of the process.</summary>
/// <param name="shelf">Which one is enabled.</param>
/// <param name="source">Opens it.</param>
internal sealed class GateModels(HardenerShelf shelf, Func<IHardenerSource> source)
{
    private readonly ConcurrentDictionary<string, Lazy<IActionProposer>> _open = new(StringComparer.Ordinal);

    /// <summary>The model for the gate; null with the reason where there is none.</summary>
    public (GateModel? Model, string Why) Find()
    {
        try
        {
            if (shelf.Enabled() is not { } model)
            {
                return (null, "none is enabled (Enable-ForgeModel forge-hardener)");
            }

            var proposer = _open.GetOrAdd(model.ModelFile + model.Sha256, _ => new Lazy<IActionProposer>(() => source().Open(model)));
            // 1 says that no threshold was found at which it may.
            return (new GateModel(proposer.Value, model.Gate.ModelAlone >= 1 ? double.MaxValue : model.Gate.ModelAlone, $"{model.Name} {model.Sha256}"), "");
        }
        catch (ForgeException e)
        {
            return (null, $"{e.Message} {e.NextStep}".TrimEnd());
        }
    }
}
