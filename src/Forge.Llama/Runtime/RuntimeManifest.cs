using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Forge.Llama.Runtime;

/// <summary>Which release of the native libraries is used: runtime.json, the one place that names versions and digests.</summary>
/// <param name="Version">Version of the npm packages.</param>
/// <param name="Llama">What <c>llama_version()</c> says.</param>
/// <param name="Packages">The packages by platform and back end.</param>
/// <param name="Source">llama.cpp's sources of that release.</param>
internal sealed record RuntimeManifest(string Version, string Llama, IReadOnlyList<RuntimePackage> Packages, SourcePackage Source)
{
    /// <summary>The pinned one.</summary>
    public static RuntimeManifest Pinned { get; } = Read();

    /// <summary>Runtime identifier of this machine, as the packages name it.</summary>
    public static string Platform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The package for this machine; null where none is pinned.</summary>
    public RuntimePackage? Find(ModelBackend backend) => Packages.FirstOrDefault(p => p.Platform == Platform && p.Backend == backend);

    private static RuntimeManifest Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("runtime.json")!;
        return JsonSerializer.Deserialize(stream, RuntimeJson.Default.RuntimeManifest)!;
    }
}
