using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>One rule by itself, slim against the full stream, and the verdicts of all rules of three profiles of two distributions' content.</summary>
internal sealed class VerifyBench : IBench
{
    public string Name => "verify";

    public string Usage => "[--lab nspawn|qemu]";

    public string Summary => "verification of one rule: slim stream against the full one, and whether all verdicts agree";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        var forge = new ForgeConsole("out/home");
        using var lab = new LabSession(forge, $"verify-{Environment.ProcessId}", options);
        lab.Start();
        lab.InstallScanner();
        // Rules of another distribution do not apply here: without its platforms each one is evaluated all the same, with both ways.
        var debian = Baseline.Of(options).Content;
        var other = Path.Combine(Setup.ContentFolder, "ssg-rhel9-ds.xml");
        return Tool.Run(
            Solution.BenchFile,
            [
                "verify", lab.Name, Path.GetFullPath($"{BenchList.Folder}/verify.json"), $"{debian}:cis_level2_server", $"{debian}:anssi_bp28_high", $"{other}:stig:everywhere",
            ],
            forge.Environment);
    }
}
