using Forge.Core.Skills;

namespace Forge.Core.Decisions;

/// <summary>A decision that items wait for.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Items">Target and id of each item.</param>
public sealed record WantedDecision(SkillDecision Decision, IReadOnlyList<(string Target, string Id)> Items);
