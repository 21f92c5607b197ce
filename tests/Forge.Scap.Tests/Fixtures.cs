using System.Text;
using Forge.Scap.Content;
using Forge.Scap.Profiles;

namespace Forge.Scap.Tests;

/// <summary>The small data stream of the corpus, and the large ones of scap-security-guide where this machine has them.</summary>
internal static class Fixtures
{
    public const string Rule = "xccdf_org.forge_rule_";
    public const string Level2 = "cis_level2_server";

    public static string MiniPath { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus", "mini-ds.xml");

    public static byte[] MiniBytes { get; } = File.ReadAllBytes(MiniPath);

    public static string MiniText => Encoding.UTF8.GetString(MiniBytes);

    public static Benchmark Mini() => DataStreamReader.Read(MiniPath);

    public static ResolvedProfile MiniProfile(string name) => ProfileResolver.Resolve(Mini(), name);

    public static Benchmark ReadText(string text) => DataStreamReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "text.xml");

    /// <summary>Path of a stream of scap-security-guide; skips the test where there is none.</summary>
    public static string Content(string product)
    {
        var folder = Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT");
        var path = folder is null ? null : Path.Combine(folder, $"ssg-{product}-ds.xml");
        if (path is null || !File.Exists(path))
        {
            Assert.Skip($"ssg-{product}-ds.xml is not here: run tests/Forge.Scap.Tests/fetch-content.sh FOLDER and set FORGE_TEST_CONTENT=FOLDER/usr/share/xml/scap/ssg/content");
        }

        return path;
    }
}
