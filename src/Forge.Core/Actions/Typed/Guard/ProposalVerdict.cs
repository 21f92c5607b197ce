namespace Forge.Core.Actions.Typed;

/// <summary>Whether a proposed action may become a change.</summary>
/// <param name="Allowed">It may.</param>
/// <param name="Reason">Why not, one clause; empty where allowed.</param>
public sealed record ProposalVerdict(bool Allowed, string Reason);
