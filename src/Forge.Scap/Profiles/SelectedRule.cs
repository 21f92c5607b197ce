using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>A rule as a profile wants it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">Severity in the profile.</param>
/// <param name="Weight">Weight in the profile.</param>
/// <param name="Role">Role in the profile.</param>
/// <param name="CheckSelector">Selector of the check; null for none.</param>
public sealed record SelectedRule(Rule Rule, RuleSeverity Severity, double Weight, RuleRole Role, string? CheckSelector);
