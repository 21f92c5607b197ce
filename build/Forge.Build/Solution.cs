namespace Forge.Build;

/// <summary>The solution, and what a build of it leaves in out/.</summary>
internal static class Solution
{
    public static string HostFile => Path.GetFullPath("out/bin/forge");

    public static string BenchFile => Path.GetFullPath("out/artifacts/bin/Forge.Bench/release/Forge.Bench");

    public static string ModuleFolder => Path.GetFullPath("out/module/Forge");

    /// <exception cref="BuildException">It does not compile.</exception>
    public static void Build()
    {
        Steps.Say("build: Forge.sln (Release)");
        Tool.Must(Tool.Run("dotnet", ["build", "Forge.sln", "-c", "Release", "-v", "quiet", "-nologo", "-clp:ErrorsOnly"]), "the build failed, see above");
    }

    public static void Clean()
    {
        if (Directory.Exists("out"))
        {
            Directory.Delete("out", recursive: true);
        }
    }
}
