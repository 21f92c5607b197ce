namespace Forge.Core.Skills;

/// <summary>Items that need a decision of the user before they can be done.</summary>
/// <param name="Ids">Regular expressions over item ids.</param>
/// <param name="Needs">What exactly is needed, one sentence.</param>
public sealed record SkillDecision(IReadOnlyList<string> Ids, string Needs);
