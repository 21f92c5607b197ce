using Forge.Core.Findings;

namespace Forge.Core.Conflicts;

/// <summary>Finds items that cannot both hold: opposite states of one package, service or setting, and packages that exclude each other. Pure; knows no item by name.</summary>
public static class ConflictFinder
{
    /// <summary>Finds all pairs.</summary>
    /// <param name="demands">By item id, in the content's order: what its fix brings about.</param>
    /// <param name="relations">What the target's package manager says of the packages wanted; empty where it was not asked.</param>
    public static IReadOnlyList<Conflict> Find(IReadOnlyList<KeyValuePair<string, IReadOnlyList<Demand>>> demands, PackageRelations relations)
    {
        var found = new List<Conflict>();
        for (var i = 0; i < demands.Count; i++)
        {
            for (var j = i + 1; j < demands.Count; j++)
            {
                if (Between(demands[i], demands[j], relations) is { } conflict)
                {
                    found.Add(conflict);
                }
            }
        }

        return found;
    }

    private static Conflict? Between(
        KeyValuePair<string, IReadOnlyList<Demand>> first, KeyValuePair<string, IReadOnlyList<Demand>> second, PackageRelations relations)
    {
        foreach (var one in first.Value)
        {
            foreach (var other in second.Value)
            {
                if (one.Resource == other.Resource && one.Wanted != other.Wanted)
                {
                    return new Conflict(first.Key, one, second.Key, other, false);
                }

                if (WantsPackage(one) && WantsPackage(other) && relations.Exclude(one.Resource.Name, other.Resource.Name))
                {
                    return new Conflict(first.Key, one, second.Key, other, true);
                }
            }
        }

        return null;
    }

    private static bool WantsPackage(Demand demand) => demand.Resource.Kind == ResourceKind.Package && demand.Wanted == Demand.Present;
}
