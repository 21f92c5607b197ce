using Forge.Core.Journal;

namespace Forge.Core.Comparison;

/// <summary>Finds what else differs between runs that are compared: whoever reads "better" must see that it was also another profile.</summary>
internal static class Circumstances
{
    /// <summary>What differs, by name; names are those of the runs' parameters and of the scans' provenance.</summary>
    public static IReadOnlyList<Circumstance> Compare(IReadOnlyList<RunRecord> reference, IReadOnlyList<RunRecord> difference)
    {
        var (one, other) = (ValuesOf(reference), ValuesOf(difference));
        return [.. one.Keys.Union(other.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => new Circumstance(name, one.GetValueOrDefault(name, ""), other.GetValueOrDefault(name, "")))
            .Where(c => c.Reference != c.Difference)];
    }

    private static Dictionary<string, string> ValuesOf(IReadOnlyList<RunRecord> runs) => runs
        .SelectMany(r => r.Parameters
            .Concat(r.Summary!.Targets.SelectMany(t => t.Provenance))
            .Append(new("Forge", r.ForgeVersion))
            .Append(new("skill", r.Skill)))
        .GroupBy(v => v.Key, v => v.Value, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => string.Join(", ", g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), StringComparer.Ordinal);
}
