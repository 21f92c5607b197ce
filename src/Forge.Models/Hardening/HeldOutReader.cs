using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Models.Hardening;

/// <summary>Reads files of rules on which no model was trained (JSON lines).</summary>
public static class HeldOutReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ForgeException">Ids <c>HeldOutNotFound</c>, <c>HeldOutInvalid</c> with file, line and key.</exception>
    public static HeldOutSet Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ForgeException(
                "HeldOutNotFound", ForgeErrorKind.NotFound, $"There is no file {path} with held-out rules, so that nothing can be compared.", "Name one with -HeldOutPath; Forge brings one with its own model.", path);
        }

        var bytes = File.ReadAllBytes(path);
        var rules = new List<HeldOutRule>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                rules.Add(Parse($"{path}:{number}", line, path));
            }
        }

        return rules.Count > 0 ? new HeldOutSet(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), rules) : throw Invalid(path, $"{path}: holds no rule", null);
    }

    private static HeldOutRule Parse(string place, string text, string path)
    {
        try
        {
            var line = JsonSerializer.Deserialize<HeldOutLine>(text, HardenerJson.Lines) ?? throw Invalid(path, $"{place}: document: is null", null);
            if (line.Action is { } action)
            {
                ActionCatalog.Default.Parse(action, "");
            }

            return new HeldOutRule(line.Id, line.Set, line.Wording, new RuleText(line.Title, line.Body, line.Names), line.Action);
        }
        catch (JsonException e)
        {
            throw Invalid(path, $"{place}: {HardenerJson.KeyOf(e)}: {e.Message}", e);
        }
        catch (ForgeException e) when (e.Id == "ActionInvalid")
        {
            throw Invalid(path, $"{place}: action: {e.Message}", e);
        }
    }

    private static ForgeException Invalid(string path, string what, Exception? inner) => new(
        "HeldOutInvalid", ForgeErrorKind.BadInput, what, "A line is {\"id\",\"set\",\"wording\":\"content|check\",\"title\",\"body\",\"names\":[],\"action\":{...}|null}; docs/models.md describes it.", path, inner);
}
