namespace Forge.Core.Conflicts;

/// <summary>Which packages exclude each other, as the target's package manager knows them: Conflicts, Breaks and Provides of Debian policy, chapter 7.</summary>
public sealed class PackageRelations
{
    private readonly Dictionary<string, HashSet<string>> _provides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _excludes = new(StringComparer.Ordinal);

    private PackageRelations()
    {
    }

    /// <summary>Knows nothing: no package excludes another.</summary>
    public static PackageRelations None { get; } = new();

    /// <summary>The script that asks for packages; prints nothing where there is no apt.</summary>
    /// <param name="packages">Names of packages: letters, digits, plus, minus, dot.</param>
    public static string Script(IEnumerable<string> packages) =>
        $"command -v apt-cache >/dev/null || exit 0\napt-cache --no-all-versions show -- {string.Join(' ', packages)} 2>/dev/null | grep -E '^(Package|Provides|Conflicts|Breaks):'\nexit 0\n";

    /// <summary>Reads what the script printed.</summary>
    public static PackageRelations Parse(string output)
    {
        var relations = new PackageRelations();
        var package = "";
        foreach (var line in output.Split('\n'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var (field, value) = colon < 0 ? ("", "") : (line[..colon], line[(colon + 2)..]);
            if (field == "Package")
            {
                package = value.Trim();
                relations._provides.TryAdd(package, [package]);
                relations._excludes.TryAdd(package, []);
            }
            else if (package.Length > 0 && field == "Provides")
            {
                relations._provides[package].UnionWith(Names(value, true));
            }
            else if (package.Length > 0 && field is "Conflicts" or "Breaks")
            {
                // With a version only some versions are meant: the newest ones, which would be installed, as a rule not.
                relations._excludes[package].UnionWith(Names(value, false));
            }
        }

        return relations;
    }

    /// <summary>Whether only one of both can be installed.</summary>
    public bool Exclude(string one, string other) => one != other && (Names(one, other) || Names(other, one));

    private bool Names(string one, string other) =>
        _excludes.TryGetValue(one, out var excluded) && _provides.TryGetValue(other, out var provided) && excluded.Overlaps(provided);

    private static IEnumerable<string> Names(string list, bool versioned) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(entry => versioned || !entry.Contains('(', StringComparison.Ordinal))
        .Select(entry => entry.Split(' ', ':')[0]);
}
