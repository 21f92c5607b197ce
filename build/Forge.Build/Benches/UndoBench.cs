using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>Every fix of the profile applied and taken back by the host's journal, against a digest of the machine.</summary>
internal sealed class UndoBench : IBench
{
    public string Name => "undo";

    public string Usage => "[--lab nspawn|qemu] [--distribution NAME] [--profile NAME]";

    public string Summary => "every fix of the profile applied and taken back without a snapshot; the machine's digest before and after";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        var forge = new ForgeConsole("out/home");
        using var lab = new LabSession(forge, $"undo-{Environment.ProcessId}", options);
        lab.Start();
        lab.InstallScanner();
        var baseline = Baseline.Of(options);
        return Tool.Run(Solution.BenchFile, ["undo", lab.Name, Path.GetFullPath($"{BenchList.Folder}/undo.json"), baseline.Content, baseline.Profile], forge.Environment);
    }
}
