using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Errors;

namespace Forge.Core.Actions.Typed;

/// <summary>Reads proposals of one action or of a sequence of them, and says the schema of what may be proposed.</summary>
public static class ProposalParser
{
    /// <summary>Reads a proposal.</summary>
    /// <param name="proposal">One JSON object.</param>
    /// <param name="arm">Arm that proposed it.</param>
    /// <param name="mostSteps">Steps that a sequence may have; below 2 there are no sequences.</param>
    /// <exception cref="ForgeException">Id <c>ActionInvalid</c>: names the key and the reason.</exception>
    public static TypedAction Parse(JsonElement proposal, string arm, int mostSteps)
    {
        if (proposal.ValueKind != JsonValueKind.Object || !proposal.TryGetProperty("action", out var name) || name.ValueKind != JsonValueKind.String || !name.ValueEquals(SequenceAction.Name))
        {
            return ActionCatalog.Default.Parse(proposal, arm);
        }

        if (!proposal.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array || proposal.EnumerateObject().Count() != 2)
        {
            throw ProposalReader.Invalid(SequenceAction.Name, "steps", "must be an array, and the only other key");
        }

        if (steps.GetArrayLength() < 1 || steps.GetArrayLength() > mostSteps)
        {
            throw ProposalReader.Invalid(SequenceAction.Name, "steps", mostSteps < 2 ? "are not allowed here: propose one action" : $"must be 1 to {mostSteps}, are {steps.GetArrayLength()}");
        }

        var sequence = new SequenceAction { Arm = arm, Summary = "", Steps = [.. steps.EnumerateArray().Select(s => ActionCatalog.Default.Parse(s, arm))] };
        return sequence with { Summary = sequence.Describe() };
    }

    /// <summary>Schema of what may be proposed: one of the named types, a sequence of them where there may be one, and what else is given.</summary>
    public static JsonElement SchemaFor(IEnumerable<string> names, int mostSteps, params IEnumerable<JsonObject> besides)
    {
        var single = JsonObject.Create(ActionCatalog.Default.SchemaFor(names))!;
        var choices = single["oneOf"]!.AsArray();
        if (mostSteps > 1)
        {
            choices.Add((JsonNode)new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["action"] = new JsonObject { ["const"] = SequenceAction.Name },
                    ["steps"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["oneOf"] = choices.DeepClone() }, ["minItems"] = 1, ["maxItems"] = mostSteps },
                },
                ["required"] = new JsonArray("action", "steps"),
                ["additionalProperties"] = false,
            });
        }

        foreach (var other in besides)
        {
            choices.Add((JsonNode)other);
        }

        return JsonSerializer.SerializeToElement(single);
    }
}
