using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Actions.Typed;
using Forge.Core.Thinking;

namespace Forge.Core.Proposals;

/// <summary>The schema by which the small model answers: the catalogue's, its names narrowed to words that stand in the text. Pure.</summary>
internal static class NarrowedSchema
{
    /// <summary>Name of the answer that no typed action fits.</summary>
    public const string Nothing = "none";

    private const int MostWords = 80;

    /// <summary>The types that the model was trained on.</summary>
    private static readonly string[] Types =
    [
        "package", "service", "set-config:sshd", "set-config:key-value", "set-config:key=value", "set-config:ini", "set-config:login.defs", "set-config:systemd-drop-in",
        "set-mode", "sysctl", "kernel-module", "mount-option", "audit-rule",
    ];

    // What is one word of the text; values and audit rules may be several, and are looked at afterwards.
    private static readonly HashSet<string> Names = ["name", "key", "file", "path", "point", "option", "owner", "group", "section", "unit"];

    /// <summary>The schema of a text.</summary>
    public static JsonElement Of(RuleText text)
    {
        var words = TextNames.WordsOf(text);
        var choices = new JsonArray();
        foreach (var choice in ActionCatalog.Default.SchemaFor(Types).GetProperty("oneOf").EnumerateArray())
        {
            if (SchemaNarrowing.NarrowOne(choice, words, Names.Contains, MostWords) is { } narrowed)
            {
                choices.Add((JsonNode)narrowed);
            }
        }

        choices.Add((JsonNode)new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["action"] = new JsonObject { ["const"] = Nothing } },
            ["required"] = new JsonArray("action"),
            ["additionalProperties"] = false,
        });
        return JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["oneOf"] = choices });
    }
}
