using System.Reflection;

namespace Forge.Targets.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_listed_one()
    {
        var actual = Surface(typeof(TargetConnector).Assembly);
        var update = Environment.GetEnvironmentVariable("FORGE_UPDATE_PUBLIC_API");
        if (!string.IsNullOrEmpty(update))
        {
            File.WriteAllLines(update, actual);
        }

        // Differs on purpose? Run once with FORGE_UPDATE_PUBLIC_API=src/Forge.Targets/PublicAPI.txt (absolute) and look at the difference.
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicAPI.txt")), actual);
    }

    private static List<string> Surface(Assembly assembly)
    {
        var lines = new List<string>();
        foreach (var type in assembly.GetExportedTypes())
        {
            lines.Add(type.FullName!);
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
            lines.AddRange(members
                .Where(m => m is PropertyInfo or FieldInfo { IsSpecialName: false } or ConstructorInfo or MethodInfo { IsSpecialName: false })
                .Where(m => !m.Name.Contains('<', StringComparison.Ordinal) && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "value__"))
                .Select(m => $"{type.FullName}.{m}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
