using System.Text.Json;

namespace Forge.Core.Proposals.Preferences;

/// <summary>An action that was not the right one.</summary>
/// <param name="Action">The action.</param>
/// <param name="Why">Why: the failure mode, or what refused it.</param>
public sealed record RejectedAction(JsonElement Action, string Why);
