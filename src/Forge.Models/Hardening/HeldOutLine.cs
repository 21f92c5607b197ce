using System.Text.Json;
using System.Text.Json.Serialization;
using Forge.Core.Proposals;

namespace Forge.Models.Hardening;

/// <summary>One line of <c>heldout.jsonl</c>.</summary>
internal sealed record HeldOutLine(
    string Id, string Set, RuleWording Wording, string Title, string Body, IReadOnlyList<string> Names, [property: JsonRequired] JsonElement? Action);
