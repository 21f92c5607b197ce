namespace Forge.Llama.Runtime;

/// <summary>The list of an installed runtime's files and sizes, by which one that was cut short later is noticed: to load such a library ends a process by a signal.</summary>
internal static class RuntimeFiles
{
    private const string List = "files.txt";

    /// <summary>Writes the list into a folder.</summary>
    public static void Note(string folder) => File.WriteAllLines(Path.Combine(folder, List), new DirectoryInfo(folder).EnumerateFiles().Select(f => $"{f.Length} {f.Name}").Order(StringComparer.Ordinal).ToList());

    /// <summary>What is wrong with the folder; null for nothing.</summary>
    public static string? Fault(string folder)
    {
        var list = Path.Combine(folder, List);
        if (!File.Exists(list))
        {
            return $"its list {List} is missing";
        }

        foreach (var line in File.ReadLines(list))
        {
            var name = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || !line.StartsWith($"{file.Length} ", StringComparison.Ordinal))
            {
                return file.Exists ? $"{name} has {file.Length} bytes, and {line.Split(' ')[0]} were installed" : $"{name} is missing";
            }
        }

        return null;
    }
}
