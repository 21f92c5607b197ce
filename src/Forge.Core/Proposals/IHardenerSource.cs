namespace Forge.Core.Proposals;

/// <summary>Port: opens hardening models, so that they can be asked.</summary>
public interface IHardenerSource
{
    /// <summary>
    /// Opens a model. Whoever opens checks the file against <see cref="HardenerModel.Sha256"/> before anything loads it, and disposes of the proposer where it
    /// can be disposed of (<see cref="IAsyncDisposable"/>, <see cref="IDisposable"/>).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <exception cref="Errors.ForgeException">It cannot be opened: id and kind say why.</exception>
    IActionProposer Open(HardenerModel model);
}
