using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Forge.Scap.Tests;

public sealed class SkillNamesTests
{
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
}
