namespace Forge.Build.Tests;

/// <summary>The clone that these tests were built in.</summary>
internal static class Repository
{
    public static string File(string name) => Path.Combine(Root(), name);

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the repository's root was not found");
        }

        return at;
    }
}
