using System.Text.Json;

namespace Forge.Core.Proposals.Preferences;

/// <summary>What one's own machines showed of the actions that were proposed for a rule.</summary>
/// <param name="Id">Rule.</param>
/// <param name="Text">Its text.</param>
/// <param name="Chosen">The action that was made, proven from outside, and kept to the end of its run; null where none was.</param>
/// <param name="Arm">Arm that proposed it; empty where there is none.</param>
/// <param name="Rejected">Actions that were refused, or failed and were taken back.</param>
/// <param name="Runs">Runs that showed it, in the order in which they were read.</param>
public sealed record Preference(string Id, RuleText Text, JsonElement? Chosen, string Arm, IReadOnlyList<RejectedAction> Rejected, IReadOnlyList<string> Runs);
