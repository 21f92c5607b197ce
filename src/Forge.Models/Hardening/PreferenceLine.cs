using System.Text.Json;
using Forge.Core.Proposals.Preferences;

namespace Forge.Models.Hardening;

/// <summary>One line of <c>preferences.jsonl</c>.</summary>
internal sealed record PreferenceLine(
    string Id, string Title, string Body, IReadOnlyList<string> Names, JsonElement? Chosen, string Arm, IReadOnlyList<RejectedAction> Rejected, IReadOnlyList<string> Runs);
