using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;
using Forge.Core.Statistics;

namespace Forge.Hardener.Data;

/// <summary>Writes the folder of a trained model: <c>model.json</c>, <c>heldout.jsonl</c>, <c>train-ids.txt</c> and the GGUF file.</summary>
internal static class ModelFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] RecipeKeys = ["command", "steps", "parameters", "seed", "seconds", "device"];

    private static readonly JsonSerializerOptions Line = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where; made if needed.</param>
    /// <param name="trained">The folder in which the recipe trained.</param>
    /// <param name="parent">Folder of the model that it began with, whose trained ids are its own too; null for none.</param>
    /// <param name="answers">The exam.</param>
    /// <param name="modelAlone">Threshold of the gate.</param>
    /// <param name="created">When.</param>
    /// <exception cref="ForgeException">Id <c>RecipeUnreadable</c>.</exception>
    public static void Write(string folder, string trained, string? parent, IReadOnlyList<ExamAnswer> answers, double modelAlone, DateTimeOffset created)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        Directory.CreateDirectory(folder);
        var recipe = Recipe(Path.Combine(trained, "recipe.json"));
        var source = Path.Combine(trained, "forge-hardener.gguf");
        var file = $"{name}.gguf";
        File.Copy(source, Path.Combine(folder, file), overwrite: true);
        var model = new JsonObject
        {
            ["name"] = name, ["version"] = created.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture), ["file"] = file, ["sha256"] = Digest(source), ["parent"] = recipe["parent"]?.DeepClone(), ["createdAt"] = created.ToString("O"),
            ["recipe"] = new JsonObject(RecipeKeys.Select(k => KeyValuePair.Create(k, recipe[k]?.DeepClone()))),
            ["data"] = new JsonObject
            {
                ["digest"] = recipe["data"]!.DeepClone(), ["rules"] = recipe["rules"]!.DeepClone(), ["examples"] = recipe["examples"]!.DeepClone(),
                ["sources"] = Sources(recipe["own"]?.GetValue<int>() ?? 0),
            },
            ["figures"] = Figures(answers),
            ["gate"] = new JsonObject { ["modelAlone"] = Math.Min(1, modelAlone), ["contextTokens"] = OpenModel.ContextTokens },
        };
        File.WriteAllText(Path.Combine(folder, "model.json"), model.ToJsonString(Indented) + "\n");
        var before = parent is not null && Path.Combine(parent, "train-ids.txt") is var ids && File.Exists(ids) ? File.ReadLines(ids) : [];
        File.WriteAllLines(Path.Combine(folder, "train-ids.txt"), File.ReadLines(Path.Combine(trained, "train.jsonl")).Select(l => JsonNode.Parse(l)!["id"]!.GetValue<string>()).Concat(before).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        File.WriteAllLines(Path.Combine(folder, "heldout.jsonl"), answers.Where(a => a.Rule.Set is "test").Select(a => JsonSerializer.Serialize(Held(a.Rule), Line)));
    }

    private static JsonArray Sources(int own)
    {
        var sources = new JsonArray("ssg-debian, ssg-debderived, ssg-nondebian (scap-security-guide, BSD-3-Clause)");
        if (own > 0)
        {
            sources.Add((JsonNode)$"{own} actions that own runs proved (Export-ForgePreference)");
        }

        return sources;
    }

    private static object Held(HeldOutRule rule) => new
    {
        id = rule.Id, set = rule.Set, wording = rule.Wording, title = rule.Text.Title, body = rule.Text.Body, names = rule.Text.Names, action = rule.Action,
    };

    private static JsonArray Figures(IReadOnlyList<ExamAnswer> answers)
    {
        var figures = new JsonArray();
        foreach (var part in answers.Where(a => a.Rule.Action is not null && a.Rule.Set is not "dev").GroupBy(a => (a.Rule.Set, a.Rule.Wording)))
        {
            var (right, n) = (part.Count(a => a.IsModelExact), part.Count());
            var interval = WilsonInterval.Of(right, n);
            figures.Add((JsonNode)new JsonObject
            {
                ["set"] = part.Key.Set, ["wording"] = part.Key.Wording == RuleWording.Content ? "content" : "check", ["n"] = n,
                ["exact"] = Math.Round((double)right / n, 4), ["low"] = Math.Round(interval.Low, 4), ["high"] = Math.Round(interval.High, 4),
            });
        }

        return figures;
    }

    private static JsonObject Recipe(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            throw new ForgeException("RecipeUnreadable", ForgeErrorKind.BadInput, $"{file} cannot be read: {e.Message}", "Train first: models/forge-hardener/recipe/train.py writes it at its end.", file, e);
        }
    }

    private static string Digest(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
