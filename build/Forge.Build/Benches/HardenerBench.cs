namespace Forge.Build.Benches;

/// <summary>The small model as a run uses it: from no process to the first proposal, tokens a second, memory.</summary>
internal sealed class HardenerBench : IBench
{
    private readonly ForgeConsole _forge = new("out/home");

    public string Name => "hardener";

    public string Usage => "[--rounds N] [--model FOLDER]";

    public string Summary => "the small model: from no process to the first proposal, tokens a second on one thread, memory; under forge, and under PowerShell where it is";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        Tool.Must(_forge.Run("Install-ForgeModelRuntime", "-Confirm:$false"), "the runtime of models could not be installed");
        var runtimes = Path.Combine(_forge.Environment["FORGE_CACHE"], "model-runtime");
        var powerShell = Tool.Capture("sh", "-c", "command -v pwsh");
        string[] shell = powerShell.Code == 0 ? [powerShell.Output.Trim(), Path.GetFullPath("out/module/Forge/lib/Forge.Llama.dll")] : [];
        return Tool.Run(
            Solution.BenchFile,
            ["hardener", Path.GetFullPath(options.Value("--model") ?? "models/forge-hardener"), runtimes, Path.GetFullPath($"{BenchList.Folder}/hardener.json"), options.Value("--rounds") ?? "11", Solution.HostFile, .. shell]);
    }
}
