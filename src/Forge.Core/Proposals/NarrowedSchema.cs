using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Forge.Core.Actions.Typed;

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
            if (Narrow(choice, words) is { } narrowed)
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

    private static JsonObject? Narrow(JsonElement choice, IReadOnlyList<string> words)
    {
        var narrowed = JsonObject.Create(choice)!;
        var required = narrowed["required"]!.AsArray().Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var properties = narrowed["properties"]!.AsObject();
        foreach (var (name, property) in properties.ToList().Where(p => Names.Contains(p.Key)))
        {
            var fitting = words.Where(w => Fits(w, property!)).Take(MostWords).ToList();
            if (fitting.Count > 0)
            {
                properties[name] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. fitting.Select(f => (JsonNode)f)]) };
            }
            else if (required.Contains(name))
            {
                return null;
            }
            else
            {
                properties.Remove(name);
            }
        }

        return narrowed;
    }

    private static bool Fits(string word, JsonNode property) => word.Length <= (property["maxLength"]?.GetValue<int>() ?? int.MaxValue)
        && (property["pattern"] is not { } pattern || Regex.IsMatch(word, pattern.GetValue<string>(), RegexOptions.NonBacktracking));
}
