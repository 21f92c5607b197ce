using System.Diagnostics;

namespace Forge.Build.Tests;

/// <summary>A project that references what its layer may not fails the build.</summary>
public sealed class LayerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("forge-layers").FullName;

    public LayerTests()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.Copy(Repository.File(file), Path.Combine(_root, file));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("Forge.Core", "Forge.Store")]
    [InlineData("Forge.Store", "Forge.Targets")]
    [InlineData("Forge.Scap", "Forge.Cmdlets")]
    [InlineData("Forge.Cmdlets", "Forge.Host")]
    [InlineData("Forge.Unheard", "Forge.Core")]
    public void A_reference_to_the_right_fails(string project, string referenced)
    {
        var (code, output) = Check(project, referenced);

        Assert.NotEqual(0, code);
        Assert.Contains($"FORGE0001: {project} may not reference {referenced}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Forge.Store", "Forge.Core")]
    [InlineData("Forge.Cmdlets", "Forge.Lab")]
    [InlineData("Forge.Host", "Forge.Cmdlets")]
    public void A_reference_to_the_left_is_fine(string project, string referenced)
    {
        var (code, output) = Check(project, referenced);

        Assert.True(code == 0, output);
    }

    private (int Code, string Output) Check(string project, string referenced)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "src", project)).FullName;
        File.WriteAllText(Path.Combine(folder, $"{project}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><ProjectReference Include="../{referenced}/{referenced}.csproj" /></ItemGroup>
            </Project>
            """);
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(folder, $"{project}.csproj"), "-t:ForgeCheckLayers", "-nologo"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
