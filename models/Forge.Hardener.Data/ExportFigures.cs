using System.Globalization;
using System.Text;
using Forge.Scap.Export;

namespace Forge.Hardener.Data;

/// <summary>Figures of an export, for people.</summary>
internal static class ExportFigures
{
    private const int MostReasons = 25;

    /// <summary>Records, ids, actions by family and set, and why the rest has none.</summary>
    public static string Of(IReadOnlyList<ExportedRule> rules)
    {
        var text = new StringBuilder();
        var withAction = rules.Where(r => r.Action is not null).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"records {rules.Count}, ids {Ids(rules)}, with an action {withAction.Count}\n");
        foreach (var set in rules.GroupBy(r => r.Set).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"set {set.Key}: records {set.Count()}, ids {Ids(set)}, with an action {Ids(set.Where(r => r.Action is not null))}\n");
        }

        foreach (var family in rules.Where(r => r.Action is not null).GroupBy(Family).OrderByDescending(Ids).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{family.Key}: ids {Ids(family)}, records {family.Count()}\n");
        }

        foreach (var reason in rules.Where(r => !withAction.Contains(r.Id)).GroupBy(r => r.Why).OrderByDescending(Ids).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostReasons))
        {
            text.Append(CultureInfo.InvariantCulture, $"none, {reason.Key}: ids {Ids(reason)}\n");
        }

        return text.ToString();
    }

    private static int Ids(IEnumerable<ExportedRule> rules) => rules.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count();

    private static string Family(ExportedRule rule)
    {
        var action = rule.Action!.Value;
        return action.GetProperty("action").GetString() + (action.TryGetProperty("format", out var format) ? ":" + format.GetString() : "");
    }
}
