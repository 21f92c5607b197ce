using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Forge.Scap.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_listed_one()
    {
        var actual = Surface(typeof(Forge.Scap.Engine.XccdfEngine).Assembly);
        var update = Environment.GetEnvironmentVariable("FORGE_UPDATE_PUBLIC_API");
        if (!string.IsNullOrEmpty(update))
        {
            File.WriteAllLines(update, actual);
        }

        // Differs on purpose? Run once with FORGE_UPDATE_PUBLIC_API=src/Forge.Scap/PublicAPI.txt (absolute) and look at the difference.
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicAPI.txt")), actual);
    }

    [Fact]
    public void The_engine_knows_no_skill_by_name()
    {
        var strings = Strings(typeof(Forge.Scap.Engine.XccdfEngine).Assembly.Location);
        Assert.Contains("xccdf", strings);
        Assert.DoesNotContain(strings, s => s.Split(' ', '/', '-', '.', '\'').Contains("stig", StringComparer.OrdinalIgnoreCase) && s != "STIG");
    }

    private static List<string> Strings(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var strings = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(0); ;)
        {
            handle = metadata.GetNextHandle(handle);
            if (handle.IsNil)
            {
                return strings;
            }

            strings.Add(metadata.GetUserString(handle));
        }
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
