namespace Forge.Scap.Content;

/// <summary>Changes properties of a rule or a group; null keeps what was.</summary>
/// <param name="IdRef">Id of the item or cluster.</param>
/// <param name="Severity">Severity.</param>
/// <param name="Weight">Weight.</param>
/// <param name="Role">Role.</param>
/// <param name="Selector">Selector of the check.</param>
public sealed record RefineRuleChange(string IdRef, RuleSeverity? Severity, double? Weight, RuleRole? Role, string? Selector) : ProfileChange(IdRef);
