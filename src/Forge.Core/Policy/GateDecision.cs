namespace Forge.Core.Policy;

/// <summary>Whether an action may run.</summary>
/// <param name="Allowed">It may.</param>
/// <param name="NeedsDeadMan">Only with a dead-man revert armed on the host.</param>
/// <param name="Refusal">Why not, and what to do; empty where allowed.</param>
public sealed record GateDecision(bool Allowed, bool NeedsDeadMan, string Refusal);
