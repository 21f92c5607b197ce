using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>Finds a profile by full id, by the end of its id, or by its title, in this order; never guesses between two.</summary>
internal static class ProfileNames
{
    private const string Marker = "_profile_";

    /// <summary>The one profile that a name means.</summary>
    public static Profile Find(IReadOnlyList<Profile> candidates, string name, string where)
    {
        var found = Matching(candidates, p => p.Id == name)
            ?? Matching(candidates, p => Suffix(p.Id) == name)
            ?? Matching(candidates, p => string.Equals(p.Title, name, StringComparison.OrdinalIgnoreCase))
            ?? Matching(candidates, p => p.Id.EndsWith("_" + name, StringComparison.Ordinal))
            ?? [];
        return found.Count switch
        {
            1 => found[0],
            0 => throw Unknown(candidates, name, where),
            _ => throw new ProfileException(
                $"Profile '{name}' is ambiguous in {where}: {string.Join(", ", found.Select(p => Suffix(p.Id)))}.",
                "Give the full id of the one that you mean: " + string.Join(", ", found.Select(p => p.Id)) + ".",
                name),
        };
    }

    /// <summary>The part of a profile's id behind <c>_profile_</c>.</summary>
    public static string Suffix(string id)
    {
        var at = id.IndexOf(Marker, StringComparison.Ordinal);
        return at < 0 ? id : id[(at + Marker.Length)..];
    }

    private static List<Profile>? Matching(IReadOnlyList<Profile> candidates, Func<Profile, bool> fits)
    {
        var found = candidates.Where(fits).ToList();
        return found.Count > 0 ? found : null;
    }

    private static ProfileException Unknown(IReadOnlyList<Profile> candidates, string name, string where)
    {
        var nearest = candidates
            .Select(p => (Name: Suffix(p.Id), Distance: Math.Min(Distance(name, Suffix(p.Id)), Distance(name, p.Title))))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(5)
            .Select(c => c.Name);
        return candidates.Count == 0
            ? new ProfileException($"{where} has no profiles.", "Leave the profile out to use the benchmark's own selection.", name)
            : new ProfileException($"There is no profile '{name}' in {where}.", "Nearest names: " + string.Join(", ", nearest) + ".", name);
    }

    /// <summary>Edit distance (Levenshtein), case-insensitive, of at most 200 characters each.</summary>
    internal static int Distance(string left, string right)
    {
        left = left.Length > 200 ? left[..200] : left;
        right = right.Length > 200 ? right[..200] : right;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[right.Length];
    }
}
