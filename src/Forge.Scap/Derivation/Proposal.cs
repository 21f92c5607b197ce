using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Forge.Scap.Derivation;

/// <summary>A proposal by the catalogue of typed actions, before the catalogue has judged it.</summary>
/// <param name="Fields">Keys and values in the order of the schema.</param>
/// <param name="IsCompanion">Whether it may go where another task sets something in the file that it is about.</param>
internal sealed record Proposal(IReadOnlyList<KeyValuePair<string, string>> Fields, bool IsCompanion = false)
{
    // Audit rules are full of signs that are escaped otherwise.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether its task also makes the file where it is missing.</summary>
    public bool MakesFile { get; init; }

    /// <summary>One proposal of the given keys and values; those without a value are left out.</summary>
    public static Proposal Of(params IEnumerable<(string Key, string? Value)> fields) =>
        new([.. fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!))]);

    /// <summary>A field; null where it has none of that name.</summary>
    public string? this[string key] => Fields.FirstOrDefault(f => f.Key == key).Value;

    /// <summary>Its one spelling, to tell equal ones.</summary>
    public string Text => string.Join('\n', Fields.Select(f => $"{f.Key}={f.Value}"));

    /// <summary>The flat JSON object.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new JsonObject(Fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))), Plain);
}
