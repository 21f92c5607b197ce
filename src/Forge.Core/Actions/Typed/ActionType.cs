using System.Text.Json;

namespace Forge.Core.Actions.Typed;

/// <summary>A type of action as it is offered to whoever proposes.</summary>
/// <param name="Name">Its name, the value of <c>action</c> in a proposal.</param>
/// <param name="Description">What it does, one or two lines for a prompt.</param>
/// <param name="Schema">
/// JSON schema of a proposal: one strict object, or <c>oneOf</c> several where the type has formats. Uses type, properties, required, additionalProperties, enum,
/// const, pattern, maxLength and oneOf only; keys stand in a fixed order, <c>action</c> first.
/// </param>
public sealed record ActionType(string Name, string Description, JsonElement Schema)
{
    /// <summary>The formats by name with the schema of each; empty where the type has none.</summary>
    public IReadOnlyDictionary<string, JsonElement> Formats { get; init; } = new Dictionary<string, JsonElement>();
}
