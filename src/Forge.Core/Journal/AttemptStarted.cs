using Forge.Core.Actions;

namespace Forge.Core.Journal;

/// <summary>An attempt on an item began.</summary>
/// <param name="Attempt">Number in this run, from 1.</param>
/// <param name="Arm">Where the action comes from.</param>
/// <param name="Summary">What it changes.</param>
/// <param name="Risk">Its class.</param>
/// <param name="RiskReason">Why it has that class.</param>
/// <param name="Batch">The batch in which it is made; null where it is made alone.</param>
public sealed record AttemptStarted(int Attempt, string Arm, string Summary, ActionRisk Risk, string RiskReason, string? Batch = null) : ForgeEvent;
