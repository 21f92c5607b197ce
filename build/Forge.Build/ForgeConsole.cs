namespace Forge.Build;

/// <summary>The console host that was built, with a home of its own.</summary>
/// <param name="home">Where it keeps its state (FORGE_HOME); images are shared by all clones of one user, state is this clone's own.</param>
internal sealed class ForgeConsole(string home)
{
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["FORGE_HOME"] = Path.GetFullPath(home),
        ["FORGE_CACHE"] = System.Environment.GetEnvironmentVariable("FORGE_CACHE") is { Length: > 0 } cache ? cache
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache", "forge"),
    };

    public int Run(params string[] arguments) => Tool.Run(Solution.HostFile, arguments, Environment);

    /// <summary>Takes the objects that it writes; with <paramref name="live"/> its progress is seen here.</summary>
    public ToolResult Capture(string[] arguments, bool live = false) => Tool.Capture(Solution.HostFile, arguments, Environment, live);
}
