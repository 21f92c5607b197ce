using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Core.Actions.Typed;

/// <summary>Takes the fields of a proposal and checks them against the strict schema of its type.</summary>
internal sealed class ProposalReader
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="ForgeException">Id <c>ActionInvalid</c>: names the key and the reason.</exception>
    public ProposalReader(string action, JsonElement proposal, JsonElement schema, string arm)
    {
        Arm = arm;
        foreach (var field in proposal.EnumerateObject())
        {
            var name = NameOf(action, field);
            if (!_values.TryAdd(name, TextOf(action, name, field.Value)))
            {
                throw Invalid(action, name, "is given twice");
            }
        }

        if (FieldRules.FindFault([.. _values.Select(v => (v.Key, (string?)v.Value))], schema) is { } fault)
        {
            throw Invalid(action, fault.Key, fault.Reason);
        }
    }

    /// <summary>Arm that proposed it.</summary>
    public string Arm { get; }

    /// <summary>A required field.</summary>
    public string this[string key] => _values[key];

    /// <summary>A field that may be left out; null where it is.</summary>
    public string? Optional(string key) => _values.GetValueOrDefault(key);

    public static ForgeException Invalid(string action, string key, string reason, Exception? inner = null) =>
        new("ActionInvalid", ForgeErrorKind.BadInput, $"The proposed action {action} cannot be used: {key} {reason}.", "Propose it again by the schema of its type.", action, inner);

    private static string NameOf(string action, JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException e)
        {
            throw Invalid(action, "(a key)", "is not text", e);
        }
    }

    /// <exception cref="ForgeException">Id <c>ActionInvalid</c>: it is no string, or not text.</exception>
    public static string TextOf(string action, string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Invalid(action, key, $"must be a string, is {value.ValueKind.ToString().ToLowerInvariant()}");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Invalid(action, key, "is not text", e);
        }
    }
}
