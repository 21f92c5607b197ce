using Forge.Core.Extraction;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Extraction;

/// <summary>The patterns of the skills that come with Forge.</summary>
internal static class ShippedPatterns
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        var at = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(at, "skills", "stig")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("no skills above " + AppContext.BaseDirectory);
        }

        return Path.Combine(at, "skills", "stig");
    });

    private static readonly Lazy<Extractor> Loaded = new(() => Forge.Core.Extraction.Extractor.Load(SkillLoader.Load(Folder.Value, ["xccdf"]))!);

    public static string File => Path.Combine(Folder.Value, "extract.yaml");

    public static Extractor Extractor => Loaded.Value;
}
