using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Scap.Export;

namespace Forge.Bench.Extraction;

/// <summary>What the bench asks of the lines of an export.</summary>
internal static class RuleRecord
{
    /// <summary>Type and format of the action; why there is none where there is none.</summary>
    public static string FamilyOf(ExportedRule rule) => rule.Action is { } action ? FamilyOf(action) : rule.HasFix ? "none, has a fix" : "none, no fix";

    /// <summary>Type and format of an action.</summary>
    public static string FamilyOf(JsonElement action) =>
        action.GetProperty("action").GetString() + (action.TryGetProperty("format", out var format) ? ":" + format.GetString() : "");

    /// <summary>Reads an export; the set that is opened once is left out unless it is asked for.</summary>
    public static IReadOnlyList<ExportedRule> Read(string file, bool final) =>
        [.. File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<ExportedRule>(l)!).Where(r => final || !IsFinal(r))];

    // By the same rule as the export's, so that a set that is named otherwise opens nothing.
    private static bool IsFinal(ExportedRule rule) => rule.Set == "final" || (rule.Set == "test" && SHA256.HashData(Encoding.UTF8.GetBytes("forge-hardener-1:" + rule.Id))[1] % 3 == 0);
}
