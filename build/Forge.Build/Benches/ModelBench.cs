namespace Forge.Build.Benches;

/// <summary>A local model through Forge's child process against llama.cpp's own bench on the same libraries.</summary>
internal sealed class ModelBench : IBench
{
    public string Name => "model";

    public string Usage => "[--rounds N]";

    public string Summary => "a local model: prompt and generation through Forge's child process against llama.cpp's own bench, same libraries, same file";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        Setup.Install("g++", "git");
        return Tool.Run(Solution.BenchFile, ["model", Path.GetFullPath($"{BenchList.Folder}/model.json"), options.Value("--rounds") ?? "5"], new ForgeConsole("out/home").Environment);
    }
}
