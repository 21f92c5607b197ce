using System.Reflection;

namespace Forge.Host.Tests;

internal static class Paths
{
    internal static string PowerShellStandard => Metadata("PowerShellStandard");

    internal static string Root => Path.GetFullPath(Metadata("RepositoryRoot"));

    private static string Metadata(string key)
        => typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
