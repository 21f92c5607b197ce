namespace Forge.Core.Loop;

/// <summary>What was chosen for an item: a change to try, or how the item ends without one.</summary>
/// <param name="Draft">The change; null where there is none to try.</param>
/// <param name="Outcome">How the item ends; null where there is a change.</param>
/// <param name="Arm">Arm of the change that was looked at; empty for none.</param>
public sealed record Choice(Draft? Draft, AttemptOutcome? Outcome, string Arm);
