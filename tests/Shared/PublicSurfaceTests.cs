using System.Reflection;

namespace Forge.Testing;

/// <summary>What an assembly shows to others is what its PublicAPI.txt lists; compiled into the tests of each listed assembly (Directory.Build.targets).</summary>
public sealed class PublicSurfaceTests
{
    private const string Update = "FORGE_UPDATE_PUBLIC_API";

    [Fact]
    public void The_public_surface_is_the_listed_one()
    {
        var tests = Assembly.GetExecutingAssembly();
        var list = tests.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PublicApiFile").Value!;
        var actual = Surface(Assembly.Load(tests.GetName().Name!.Replace(".Tests", "", StringComparison.Ordinal)));
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Update)))
        {
            File.WriteAllLines(list, actual);
        }

        // Differs on purpose? Run once with FORGE_UPDATE_PUBLIC_API=1 and look at the difference.
        Assert.True(File.Exists(list), $"{list} is missing; run this test once with {Update}=1");
        Assert.Equal(File.ReadAllLines(list), actual);
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
