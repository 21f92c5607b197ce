namespace Forge.Acceptance.Tests.Forge;

/// <summary>The distribution's own content, as <c>build.cs setup</c> fetches it, narrowed to a few rules so that a scan takes seconds.</summary>
public static class HardeningContent
{
    private const string Prefix = "xccdf_org.ssgproject.content_rule_";

    public static string File { get; } = Path.Combine(ForgeProcess.Root(), "out", "content", "usr", "share", "xml", "scap", "ssg", "content", "ssg-debian12-ds.xml");

    public static void SkipWithout() => Assert.SkipUnless(System.IO.File.Exists(File), "out/content is missing: dotnet run build.cs -- setup fetches it");

    /// <summary>Parameters that select just these rules.</summary>
    public static string[] Only(params string[] rules)
    {
        var tailoring = Path.Combine(Directory.CreateTempSubdirectory("forge-tailoring").FullName, "tailoring.xml");
        System.IO.File.WriteAllText(tailoring, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <xccdf:Tailoring xmlns:xccdf="http://checklists.nist.gov/xccdf/1.2" id="xccdf_org.forge_tailoring_few">
              <xccdf:benchmark href="ssg-debian12-ds.xml"/>
              <xccdf:version time="2026-11-21T00:00:00">1</xccdf:version>
              <xccdf:Profile id="xccdf_org.forge_profile_few">
                <xccdf:title>A few rules</xccdf:title>
                {string.Join("\n    ", rules.Select(r => $"<xccdf:select idref=\"{Prefix}{r}\" selected=\"true\"/>"))}
              </xccdf:Profile>
            </xccdf:Tailoring>
            """);
        return ["-Skill", "stig", "-Content", File, "-Tailoring", tailoring, "-Profile", "xccdf_org.forge_profile_few"];
    }
}
