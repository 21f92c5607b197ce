namespace Forge.Targets.Inventory;

/// <summary>Names of hosts in the user's ssh configuration: <c>Host</c> entries without wildcards, also of included files.</summary>
internal static class SshConfigNames
{
    private const int DeepestInclude = 16;

    /// <summary>The names, in the order of the file; empty where there is no configuration.</summary>
    public static IReadOnlyList<string> Read(string sshFolder)
    {
        var names = new List<string>();
        Read(Path.Combine(sshFolder, "config"), sshFolder, names, 0);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private static void Read(string path, string sshFolder, List<string> names, int depth)
    {
        if (depth > DeepestInclude || !File.Exists(path))
        {
            return;
        }

        foreach (var line in File.ReadLines(path))
        {
            // Keyword and arguments may be separated by white space or one '=' (ssh_config(5)).
            var words = line.Trim().Replace('=', ' ').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] == '#')
            {
                continue;
            }

            var arguments = words.Skip(1).TakeWhile(word => word[0] != '#').Select(word => word.Trim('"'));
            if (words[0].Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                names.AddRange(arguments.Where(TargetNames.IsValid));
            }
            else if (words[0].Equals("Include", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var file in arguments.SelectMany(pattern => Files(pattern, sshFolder)))
                {
                    Read(file, sshFolder, names, depth + 1);
                }
            }
        }
    }

    private static IEnumerable<string> Files(string pattern, string sshFolder)
    {
        var path = pattern.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Path.GetDirectoryName(sshFolder)!, pattern[2..]) : Path.Combine(sshFolder, pattern);
        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];
    }
}
