namespace Forge.Core.Proposals;

/// <summary>The small model at the gate.</summary>
/// <param name="Proposer">Asks it.</param>
/// <param name="ModelAlone">How sure it must be where nobody seconds it, 0 to 1; above 1 it never acts alone.</param>
/// <param name="Name">Its name and digest, for the journal.</param>
public sealed record GateModel(IActionProposer Proposer, double ModelAlone, string Name = "");
