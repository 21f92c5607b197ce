using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>A command on a machine: Forge's connection, the raw client, a trivial Ansible task.</summary>
internal sealed class SshBench : IBench
{
    public string Name => "ssh";

    public string Usage => "[--lab nspawn|qemu]";

    public string Summary => "a command on a machine: Forge against the raw multiplexed client and a trivial Ansible task";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        Setup.Install("ansible-core");
        var forge = new ForgeConsole("out/home");
        using var lab = new LabSession(forge, $"ssh-{Environment.ProcessId}", options);
        lab.Start();
        // What Ansible needs on a machine; Forge and the raw client need nothing.
        lab.Install("python3");
        return Tool.Run(Solution.BenchFile, ["ssh", lab.Name, Path.GetFullPath($"{BenchList.Folder}/ssh.json")], forge.Environment);
    }
}
