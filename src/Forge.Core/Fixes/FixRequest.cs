using Forge.Core.Findings;
using Forge.Core.Skills;

namespace Forge.Core.Fixes;

/// <summary>Asks a fix source for the next action.</summary>
/// <param name="Session">The skill at work.</param>
/// <param name="Finding">The item.</param>
/// <param name="Attempt">Number of the attempt on this item in this run, from 1.</param>
/// <param name="PreviousFailures">What was tried before in this run and why it did not hold, oldest first.</param>
public sealed record FixRequest(SkillSession Session, Finding Finding, int Attempt, IReadOnlyList<string> PreviousFailures);
