using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forge.Bench.Extraction;

/// <summary>One line of an export of rules: texts, and the action that the vendor's own fix comes down to.</summary>
internal sealed record RuleRecord
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><c>train</c>, <c>dev</c>, <c>test</c> or <c>final</c>.</summary>
    [JsonPropertyName("set")]
    public required string Set { get; init; }

    [JsonPropertyName("streams")]
    public required IReadOnlyList<string> Streams { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("check")]
    public required string Check { get; init; }

    [JsonPropertyName("action")]
    public required JsonElement? Action { get; init; }

    [JsonPropertyName("hasFix")]
    public required bool HasFix { get; init; }

    [JsonPropertyName("resources")]
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Type and format of the action; <c>none</c> without one.</summary>
    [JsonIgnore]
    public string Family => Action is { } action ? FamilyOf(action) : HasFix ? "none, has a fix" : "none, no fix";

    /// <summary>Type and format of an action.</summary>
    public static string FamilyOf(JsonElement action) =>
        action.GetProperty("action").GetString() + (action.TryGetProperty("format", out var format) ? ":" + format.GetString() : "");

    /// <summary>Reads an export; the set that is opened once is left out unless it is asked for.</summary>
    public static IReadOnlyList<RuleRecord> Read(string file, bool final) =>
        [.. File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<RuleRecord>(l)!).Where(r => final || !r.IsFinal)];

    // By the same rule as the export's, so that a set that is named otherwise opens nothing.
    private bool IsFinal => Set == "final" || (Set == "test" && SHA256.HashData(Encoding.UTF8.GetBytes("forge-hardener-1:" + Id))[1] % 3 == 0);
}
