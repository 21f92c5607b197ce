using System.Diagnostics;
using System.Text.Json;
using Forge.Core.Statistics;
using Forge.Core.Targets;

namespace Forge.Bench;

/// <summary>A command on a machine: Forge's connection against the raw OpenSSH client over its own multiplexed connection, and a trivial Ansible task where ansible is installed.</summary>
/// <param name="machine">The machine.</param>
internal sealed class SshBench(BenchMachine machine)
{
    private const int Commands = 101;
    private const int AnsibleTasks = 5;
    private static readonly string[] Playbooks = ["/usr/bin/ansible-playbook", "/usr/local/bin/ansible-playbook"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs it and writes the figures of docs: rawMs, forgeMs, ansibleMs, ratioToRaw, versusAnsible (medians).</summary>
    public async Task<int> RunAsync(string file)
    {
        var folder = Directory.CreateTempSubdirectory("forge-bench-");
        try
        {
            var (raw, forge) = await PairsAsync(folder.FullName);
            var ansible = Ansible(folder.FullName);
            var figures = new
            {
                rawMs = Math.Round(raw, 2), forgeMs = Math.Round(forge, 2), ansibleMs = ansible is { } ms ? Math.Round(ms, 1) : (double?)null,
                ratioToRaw = Math.Round(forge / raw, 2), versusAnsible = ansible is { } a ? Math.Round(a / forge, 1) : (double?)null,
            };
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Indented));
            Console.WriteLine($"ssh: medians of {Commands} pairs: raw multiplexed client {raw:0.0} ms, Forge {forge:0.0} ms ({forge / raw:0.00} times); "
                + (ansible is { } task ? $"a trivial Ansible task {task:0} ms, {task / forge:0} times Forge's" : "ansible is not installed: not compared"));
            return 0;
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private async Task<(double Raw, double Forge)> PairsAsync(string folder)
    {
        var options = RawOptions(folder);
        using var master = Start("ssh", [.. options, "-M", "-N", "-f", Host]);
        master.WaitForExit();
        var (raw, forge) = (new List<double>(), new List<double>());
        for (var i = 0; i < Commands + 5; i++)
        {
            var clock = Stopwatch.StartNew();
            using (var one = Start("ssh", [.. options, Host, "true"]))
            {
                await one.WaitForExitAsync();
                Check(one.ExitCode, "ssh");
            }

            raw.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            var result = await machine.Target.RunAsync(new CommandRequest { Script = "true" }, CancellationToken.None);
            Check(result.ExitCode ?? -1, "Forge");
            forge.Add(clock.Elapsed.TotalMilliseconds);
        }

        using var end = Start("ssh", [.. options, "-O", "exit", Host]);
        await end.WaitForExitAsync();
        // The first ones warm up programs and code.
        return (Median.Of(raw.Skip(5)), Median.Of(forge.Skip(5)));
    }

    /// <summary>Milliseconds for one <c>command: true</c>, from plays with one and with several tasks: start-up of ansible itself does not count.</summary>
    private double? Ansible(string folder)
    {
        if (!Playbooks.Any(File.Exists))
        {
            return null;
        }

        var inventory = Path.Combine(folder, "inventory.ini");
        File.WriteAllText(inventory, $"machine ansible_host=127.0.0.1 ansible_port={machine.Description.Port} ansible_user={machine.Description.UserName} "
            + $"ansible_ssh_private_key_file={machine.Description.KeyFilePath} ansible_ssh_common_args='-o UserKnownHostsFile={machine.Description.KnownHostsFile} -o IdentitiesOnly=yes'\n");
        double Play(int tasks)
        {
            var play = Path.Combine(folder, $"play{tasks}.yaml");
            File.WriteAllText(play, "- hosts: machine\n  gather_facts: false\n  tasks:\n" + string.Concat(Enumerable.Range(0, tasks).Select(_ => "    - ansible.builtin.command: 'true'\n")));
            var clock = Stopwatch.StartNew();
            using var run = Start("ansible-playbook", ["-i", inventory, play]);
            var said = run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            Check(run.ExitCode, $"ansible-playbook said:\n{said}\nand");
            return clock.Elapsed.TotalMilliseconds;
        }

        Play(1);
        return (Play(1 + AnsibleTasks) - Play(1)) / AnsibleTasks;
    }

    private string Host => $"{machine.Description.UserName}@127.0.0.1";

    private string[] RawOptions(string folder) =>
    [
        "-F", "none", "-T", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={machine.Description.KnownHostsFile}", "-o", "StrictHostKeyChecking=yes",
        "-o", $"ControlPath={folder}/c", "-i", machine.Description.KeyFilePath!, "-p", machine.Description.Port!.ToString()!,
    ];

    private static Process Start(string file, string[] arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = file.StartsWith("ansible", StringComparison.Ordinal) })!;

    private static void Check(int code, string who)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{who} ended with {code}");
        }
    }
}
