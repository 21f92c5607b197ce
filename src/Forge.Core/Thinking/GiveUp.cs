using System.Text.Json.Nodes;

namespace Forge.Core.Thinking;

/// <summary>The answer of a worker that sees no action which could help.</summary>
internal static class GiveUp
{
    public const string Name = "give-up";

    public const string Description = "say with a reason that no action of this list can make the check pass.";

    private const int MostReason = 200;

    /// <summary>Its schema.</summary>
    public static JsonObject Schema => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["action"] = new JsonObject { ["const"] = Name }, ["reason"] = new JsonObject { ["type"] = "string", ["maxLength"] = MostReason } },
        ["required"] = new JsonArray("action", "reason"),
        ["additionalProperties"] = false,
    };
}
