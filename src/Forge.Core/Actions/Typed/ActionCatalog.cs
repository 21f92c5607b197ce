using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Errors;

namespace Forge.Core.Actions.Typed;

/// <summary>The types of action that may be proposed: their descriptions, their schemas, and the reading of a proposal. Immutable.</summary>
public sealed class ActionCatalog
{
    private readonly Dictionary<string, ActionType> _byName;

    private ActionCatalog(IReadOnlyList<ActionType> types)
    {
        Types = types;
        _byName = types.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The types of Forge, from <c>catalog.json</c>.</summary>
    public static ActionCatalog Default { get; } = Load();

    /// <summary>All types, in the order in which a prompt shows them.</summary>
    public IReadOnlyList<ActionType> Types { get; }

    /// <summary>One schema for a choice of types: an object, <c>oneOf</c> the strict schemas, each told by its first key <c>action</c> (and the second, <c>format</c>, where the type has formats).</summary>
    /// <param name="names">Names of types, or <c>type:format</c> for one format of a type, for example <c>set-config:sshd</c>. A schema that is named twice stands once.</param>
    /// <exception cref="ForgeException">Id <c>ActionUnknown</c>: a name is not one of <see cref="Types"/>, or there is none.</exception>
    public JsonElement SchemaFor(IEnumerable<string> names)
    {
        var branches = new List<JsonElement>();
        foreach (var schema in names.SelectMany(BranchesOf))
        {
            if (!branches.Any(b => JsonElement.DeepEquals(b, schema)))
            {
                branches.Add(schema);
            }
        }

        return branches.Count == 0
            ? throw Unknown("(none)")
            : JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["oneOf"] = new JsonArray([.. branches.Select(b => JsonNode.Parse(b.GetRawText()))]) });
    }

    /// <summary>Reads a proposal.</summary>
    /// <param name="proposal">What was proposed: one JSON object by the schema of its type.</param>
    /// <param name="arm">Arm that proposed it.</param>
    /// <exception cref="ForgeException">Id <c>ActionInvalid</c>: names the key and the reason.</exception>
    public TypedAction Parse(JsonElement proposal, string arm)
    {
        if (proposal.ValueKind != JsonValueKind.Object)
        {
            throw ProposalReader.Invalid("(none)", "action", "is missing: a proposal is one JSON object");
        }

        var name = Word(proposal, "action");
        if (!_byName.TryGetValue(name, out var type))
        {
            throw ProposalReader.Invalid("(unknown)", "action", $"is not one of {string.Join(", ", Types.Select(t => t.Name))}");
        }

        var schema = type.Schema;
        if (type.Formats.Count > 0 && !type.Formats.TryGetValue(Word(proposal, "format"), out schema))
        {
            throw ProposalReader.Invalid(name, "format", $"is not one of {string.Join(", ", type.Formats.Keys)}");
        }

        var action = ActionFactory.Make(name, new ProposalReader(name, proposal, schema, arm));
        return action.FindInvalid() is { } fault ? throw ProposalReader.Invalid(name, fault.Key, fault.Reason) : action with { Summary = action.Describe() };
    }

    /// <summary>The strict schema of an action's type and format.</summary>
    internal JsonElement SchemaOf(TypedAction action)
    {
        var type = _byName[action.Kind];
        return action.Format is null ? type.Schema : type.Formats[action.Format];
    }

    private static string Word(JsonElement proposal, string key) =>
        proposal.TryGetProperty(key, out var value) ? ProposalReader.TextOf("(unknown)", key, value) : throw ProposalReader.Invalid("(unknown)", key, "is required and missing");

    private IEnumerable<JsonElement> BranchesOf(string name)
    {
        var parts = name.Split(':', 2);
        if (!_byName.TryGetValue(parts[0], out var type))
        {
            throw Unknown(name);
        }

        return parts.Length == 2
            ? type.Formats.TryGetValue(parts[1], out var format) ? [format] : throw Unknown(name)
            : type.Formats.Count > 0 ? type.Formats.Values : [type.Schema];
    }

    private ForgeException Unknown(string name) =>
        new("ActionUnknown", ForgeErrorKind.BadInput, $"There is no type of action {name}.", $"Known are {string.Join(", ", Types.Select(t => t.Name))}.", name);

    private static ActionCatalog Load()
    {
        using var stream = typeof(ActionCatalog).Assembly.GetManifestResourceStream("typed/catalog.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ActionCatalog([.. document.RootElement.EnumerateArray().Select(TypeOf)]);
    }

    private static ActionType TypeOf(JsonElement entry)
    {
        var schemas = entry.GetProperty("schemas").Clone();
        var (name, description) = (entry.GetProperty("name").GetString()!, entry.GetProperty("description").GetString()!);
        if (schemas.GetArrayLength() == 1)
        {
            return new ActionType(name, description, schemas[0]);
        }

        return new ActionType(name, description, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["oneOf"] = schemas }))
        {
            Formats = schemas.EnumerateArray().ToDictionary(s => s.GetProperty("properties").GetProperty("format").GetProperty("const").GetString()!, StringComparer.Ordinal),
        };
    }
}
