namespace Forge.Cmdlets.Composition;

/// <summary>Where the files are that came with Forge: <c>skills</c>, <c>lab</c>, <c>models/forge-hardener</c>.</summary>
internal static class ModuleFolder
{
    /// <summary>A folder that came with Forge: beside the assembly or in a folder above it (the module's root, a build's output).</summary>
    public static string Find(string name)
    {
        var start = Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        for (var at = start; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Directory.Exists(Path.Combine(at, name)) && (name != "lab" || Directory.Exists(Path.Combine(at, name, "debian12"))))
            {
                return Path.Combine(at, name);
            }
        }

        return Path.Combine(start, name);
    }
}
