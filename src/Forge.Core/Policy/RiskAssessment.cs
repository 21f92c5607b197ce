using Forge.Core.Actions;

namespace Forge.Core.Policy;

/// <summary>Class of an action and why.</summary>
/// <param name="Risk">The class.</param>
/// <param name="Reason">What in the action or its resources makes it so, one clause.</param>
public sealed record RiskAssessment(ActionRisk Risk, string Reason);
