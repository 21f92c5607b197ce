using System.Text.Json;

namespace Forge.Scap.Derivation;

/// <summary>What one vendor's fix comes down to.</summary>
/// <param name="Action">The proposal by the catalogue of typed actions; null where the fix is not exactly one typed action.</param>
/// <param name="Why">The task that gave it; without an action, why there is none.</param>
public sealed record DerivedAction(JsonElement? Action, string Why)
{
    /// <summary>The actions of a fix that is several; empty where it is one or none, or where one of them is not in the catalogue.</summary>
    public IReadOnlyList<JsonElement> Several { get; init; } = [];

    /// <summary>There is no action.</summary>
    internal static DerivedAction None(string why) => new(null, why);
}
