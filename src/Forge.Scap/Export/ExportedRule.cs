using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forge.Scap.Export;

/// <summary>One rule of the content in words, with the typed action that its vendor's fix comes down to: one line of the training data.</summary>
public sealed record ExportedRule
{
    /// <summary>Short id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Which part of the data it belongs to: <c>train</c>, <c>dev</c>, <c>test</c> or <c>final</c>, see <see cref="Split"/>.</summary>
    [JsonPropertyName("set")]
    public required string Set { get; init; }

    /// <summary>Products whose data streams have it, in the order of the alphabet.</summary>
    [JsonPropertyName("streams")]
    public required IReadOnlyList<string> Streams { get; init; }

    /// <summary>Title.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    /// <summary>Description, markup flattened, default values filled in.</summary>
    [JsonPropertyName("description")]
    public required string Description { get; init; }

    /// <summary>Text of the manual check (OCIL question); empty where there is none.</summary>
    [JsonPropertyName("check")]
    public required string Check { get; init; }

    /// <summary>What the content says on fixing it by hand; empty where it says nothing.</summary>
    [JsonPropertyName("fixtext")]
    public required string FixText { get; init; }

    /// <summary>The action, a proposal by the catalogue; null where the fix is not exactly one.</summary>
    [JsonPropertyName("action")]
    public required JsonElement? Action { get; init; }

    /// <summary>The actions of a fix that is several typed actions; null where it is one or none.</summary>
    [JsonPropertyName("actions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JsonElement>? Actions { get; init; }

    /// <summary>Keys of the action whose values title and description do not say; null without an action.</summary>
    [JsonPropertyName("unsaid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Unsaid { get; init; }

    /// <summary>Keys of the action whose values the manual check does not say; null without an action or a check.</summary>
    [JsonPropertyName("unsaidInCheck")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnsaidInCheck { get; init; }

    /// <summary>Which task gave the action, or why there is none.</summary>
    [JsonPropertyName("why")]
    public required string Why { get; init; }

    /// <summary>Whether the content has an automatic fix, Ansible or shell.</summary>
    [JsonPropertyName("hasFix")]
    public required bool HasFix { get; init; }

    /// <summary>Names that its check reads, at most 40, in the order of the alphabet.</summary>
    [JsonPropertyName("resources")]
    public required IReadOnlyList<string> Resources { get; init; }
}
