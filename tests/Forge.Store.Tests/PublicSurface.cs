using System.Reflection;
using Forge.Store.Runs;

namespace Forge.Store.Tests;

public sealed class PublicSurface
{
    [Fact]
    public void Is_the_one_that_is_listed()
    {
        var actual = Surface(typeof(RunStore).Assembly);
        if (Environment.GetEnvironmentVariable("FORGE_UPDATE_PUBLIC_API") is { Length: > 0 } update)
        {
            File.WriteAllLines(update, actual);
        }

        // Differs on purpose? Run once with FORGE_UPDATE_PUBLIC_API=<absolute path of src/Forge.Store/PublicAPI.txt> and look at the difference.
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicAPI.txt")), actual);
    }

    private static List<string> Surface(Assembly assembly)
    {
        var lines = new List<string>();
        foreach (var type in assembly.GetExportedTypes())
        {
            lines.Add(type.FullName!);
            lines.AddRange(type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is PropertyInfo or FieldInfo { IsSpecialName: false } or ConstructorInfo or MethodInfo { IsSpecialName: false })
                .Where(m => !m.Name.Contains('<', StringComparison.Ordinal) && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct"))
                .Select(m => $"{type.FullName}.{m}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
