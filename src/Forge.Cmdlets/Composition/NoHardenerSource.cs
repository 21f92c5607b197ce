using Forge.Core.Errors;
using Forge.Core.Proposals;

namespace Forge.Cmdlets.Composition;

/// <summary>Stands where nothing in this Forge opens hardening models, and says so.</summary>
internal sealed class NoHardenerSource : IHardenerSource
{
    public IActionProposer Open(HardenerModel model) => throw new ForgeException(
        "HardenerSourceMissing", ForgeErrorKind.Missing, $"This Forge has nothing that opens hardening models, so that {model.Name} cannot be asked.", "Use a Forge that comes with a hardening model.", model.Name);
}
