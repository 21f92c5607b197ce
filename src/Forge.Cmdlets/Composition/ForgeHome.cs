namespace Forge.Cmdlets.Composition;

/// <summary>Where Forge keeps its state: <c>FORGE_HOME</c>, else the platform's state folder; derived files in <c>FORGE_CACHE</c>, else <c>cache</c> in it.</summary>
/// <param name="folder">The state folder, absolute.</param>
/// <param name="cache">The cache folder, absolute.</param>
public sealed class ForgeHome(string folder, string cache)
{
    /// <summary>The state folder.</summary>
    public string Folder => folder;

    /// <summary>The cache folder; can be deleted.</summary>
    public string Cache => cache;

    /// <summary>The inventory.</summary>
    public string TargetsFile => Path.Combine(folder, "targets.yaml");

    /// <summary>Settings: models and their roles.</summary>
    public string SettingsFile => Path.Combine(folder, "settings.yaml");

    /// <summary>Hardening models of the user's own, a folder each, and what was decided about them.</summary>
    public string HardenersFolder => Path.Combine(folder, "models", "hardener");

    /// <summary>Skills of the user's own, beside those that came with the module.</summary>
    public string SkillsFolder => Path.Combine(folder, "skills");

    /// <summary>From the environment of this process.</summary>
    public static ForgeHome FromEnvironment()
    {
        var home = Read("FORGE_HOME") ?? Path.Combine(
            Read("XDG_STATE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"), "forge");
        return new ForgeHome(Path.GetFullPath(home), Path.GetFullPath(Read("FORGE_CACHE") ?? Path.Combine(home, "cache")));
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
