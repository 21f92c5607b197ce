using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Core.Comparison;

/// <summary>
/// Pairs the results of runs by skill, platform and item. Not by target: a rehearsal on a lab machine is compared with another on its next clone. Where an
/// item has several results on both sides, as many of each are taken (those of targets that both sides have first), so that neither side has more luck.
/// </summary>
internal sealed class Pairing
{
    private Pairing(IReadOnlyList<PairedItem> pairs, IReadOnlyList<LeftOut> leftOut) => (Pairs, LeftOut) = (pairs, leftOut);

    /// <summary>The pairs, by platform and item; at least one.</summary>
    public IReadOnlyList<PairedItem> Pairs { get; }

    /// <summary>What has no partner, and why.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Pairs results.</summary>
    /// <param name="reference">Runs compared against.</param>
    /// <param name="difference">Runs compared.</param>
    /// <param name="differing">Names of what else differs between them, for the reasons.</param>
    /// <exception cref="ForgeException">Id <c>NothingToCompare</c>.</exception>
    public static Pairing Of(IReadOnlyList<RunRecord> reference, IReadOnlyList<RunRecord> difference, IReadOnlyList<string> differing)
    {
        var (one, other) = (ResultsOf(reference), ResultsOf(difference));
        var common = one.Keys.Intersect(other.Keys).OrderBy(k => k.Platform, StringComparer.Ordinal).ThenBy(k => k.Item, StringComparer.Ordinal).ToList();
        List<LeftOut> leftOut = [.. Alone("reference", "difference", one, other, differing), .. Alone("difference", "reference", other, one, differing)];
        List<PairedItem> pairs = [];
        var (inapplicable, surplus) = (0, 0);
        foreach (var key in common)
        {
            List<ItemResult> first = [.. one[key].Where(Applies)], second = [.. other[key].Where(Applies)];
            var count = Math.Min(first.Count, second.Count);
            inapplicable += count == 0 ? 1 : 0;
            surplus += count == 0 ? 0 : first.Count + second.Count - (2 * count);
            if (count > 0)
            {
                pairs.Add(new(key.Platform, key.Item, Take(first, second, count), Take(second, first, count)));
            }
        }

        Add(leftOut, inapplicable, "in both, but not applicable any more on at least one side");
        Add(leftOut, surplus, "results of items that one side ran more often than the other");
        return pairs.Count > 0 ? new(pairs, leftOut) : throw Nothing(one, other, inapplicable);
    }

    private static bool Applies(ItemResult result) => result.Outcome != ItemState.NotApplicable;

    private static Dictionary<ItemKey, List<ItemResult>> ResultsOf(IReadOnlyList<RunRecord> runs) => runs
        .OrderBy(r => r.StartedAt).ThenBy(r => r.Id, StringComparer.Ordinal)
        .SelectMany(r => r.Summary!.Targets.SelectMany(t => t.Items.Select(i => (Key: new ItemKey(r.Skill, t.Platform, i.Id), Result: i))))
        .GroupBy(i => i.Key, i => i.Result)
        .ToDictionary(g => g.Key, g => g.ToList());

    private static List<ItemResult> Take(List<ItemResult> from, List<ItemResult> partners, int count) =>
        [.. from.OrderByDescending(r => partners.Exists(p => p.Target == r.Target)).Take(count)];

    private static IEnumerable<LeftOut> Alone(
        string here, string there, Dictionary<ItemKey, List<ItemResult>> one, Dictionary<ItemKey, List<ItemResult>> other, IReadOnlyList<string> differing)
    {
        var platforms = other.Keys.Select(k => (k.Skill, k.Platform)).ToHashSet();
        foreach (var group in one.Keys.Where(k => !other.ContainsKey(k)).GroupBy(k => (k.Skill, k.Platform)))
        {
            var why = !platforms.Contains(group.Key) ? $"the {there} has nothing of {group.Key.Skill} on {PlatformName(group.Key.Platform)}"
                : differing.Count > 0 ? $"no finding in the {there} (the sides differ in {string.Join(", ", differing)})"
                : $"no finding in the {there}";
            yield return new(group.Count(), $"only in the {here}: {why}");
        }
    }

    private static void Add(List<LeftOut> list, int count, string reason)
    {
        if (count > 0)
        {
            list.Add(new(count, reason));
        }
    }

    private static string PlatformName(string platform) => platform.Length == 0 ? "a platform that is not known" : platform;

    private static string Describe(Dictionary<ItemKey, List<ItemResult>> results) => results.Count == 0
        ? "no items"
        : $"{results.Count} items ({string.Join(", ", results.Keys.Select(k => $"{k.Skill} on {PlatformName(k.Platform)}").Distinct(StringComparer.Ordinal))})";

    private static ForgeException Nothing(Dictionary<ItemKey, List<ItemResult>> one, Dictionary<ItemKey, List<ItemResult>> other, int inapplicable) => new(
        "NothingToCompare", ForgeErrorKind.BadInput,
        $"The reference has {Describe(one)}, the difference {Describe(other)}, and "
        + (inapplicable == 0 ? "no item is in both." : $"the {inapplicable} in both do not apply any more."),
        "Compare runs of one skill on machines of one platform that did more than scan.");
}
