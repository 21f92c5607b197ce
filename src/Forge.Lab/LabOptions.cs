namespace Forge.Lab;

/// <summary>Where labs and their images are kept.</summary>
public sealed record LabOptions
{
    /// <summary>Forge's state folder; labs are in its <c>labs</c>.</summary>
    public required string Home { get; init; }

    /// <summary>Folder that holds <c>images</c>; can be deleted, then images are built again.</summary>
    public required string Cache { get; init; }

    /// <summary>Folder of the image recipes and scripts; they are copied beside the assembly.</summary>
    public string Recipes { get; init; } = Path.Combine(AppContext.BaseDirectory, "lab");

    /// <summary>How long a start may take until the first login.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Options from the environment: <c>FORGE_HOME</c> (else the platform's state folder) and <c>FORGE_CACHE</c> (else <c>cache</c> in it).</summary>
    public static LabOptions FromEnvironment()
    {
        var home = Read("FORGE_HOME");
        if (home is null)
        {
            var state = Read("XDG_STATE_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            home = Path.Combine(state, "forge");
        }

        return For(home, Read("FORGE_CACHE"));
    }

    /// <summary>Options for a state folder.</summary>
    /// <param name="home">Forge's state folder.</param>
    /// <param name="cache">Cache folder; null for <c>cache</c> in the state folder.</param>
    public static LabOptions For(string home, string? cache = null) =>
        new() { Home = Path.GetFullPath(home), Cache = Path.GetFullPath(cache ?? Path.Combine(home, "cache")) };

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
