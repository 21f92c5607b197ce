namespace Forge.Build.Benches;

/// <summary>What the extractor reads from the texts of rules, against the actions of the vendor's own fixes.</summary>
internal sealed class ExtractorBench : IBench
{
    private static string ExportFile => Path.GetFullPath("out/artifacts/bin/Forge.Hardener.Data/release/Forge.Hardener.Data");

    public string Name => "extractor";

    public string Usage => "[--rules FILE] [--final] [--misses N]";

    public string Summary => "the extractor's proposals on all rules of the data streams, against the actions of the vendor's own fixes";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        var rules = options.Value("--rules");
        if (rules is null)
        {
            rules = Path.GetFullPath($"{BenchList.Folder}/rules.jsonl");
            Tool.Must(Tool.Run(ExportFile, ["export", "--content", Setup.ContentFolder, "--out", rules], quiet: true), "the rules of the data streams could not be exported, see above");
        }

        string[] final = options.Has("--final") ? ["--final"] : [];
        string[] misses = options.Value("--misses") is { } count ? ["--misses", count] : [];
        return Tool.Run(Solution.BenchFile, ["extractor", Path.GetFullPath("skills/stig"), rules, Path.GetFullPath($"{BenchList.Folder}/extractor.json"), .. final, .. misses]);
    }
}
