using Forge.Core.Errors;

namespace Forge.Lab.Nspawn;

/// <summary>The control group of a machine: the one thing that a killed supervisor leaves behind.</summary>
internal static class ControlGroup
{
    /// <summary>Ends what is left in the group and removes it; a group that is gone is no error.</summary>
    public static async Task RemoveAsync(string nameFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(nameFile))
        {
            return;
        }

        var name = (await File.ReadAllTextAsync(nameFile, cancellationToken)).Trim();
        var path = Path.Combine(Mount(), name);
        if (name.StartsWith("forge-lab-", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal) && Directory.Exists(path))
        {
            await EmptyAsync(path, cancellationToken);
            RemoveTree(path);
        }

        File.Delete(nameFile);
    }

    private static async Task EmptyAsync(string path, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + 10_000;
        while ((await File.ReadAllTextAsync(Path.Combine(path, "cgroup.events"), cancellationToken)).Contains("populated 1", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(path, "cgroup.kill"), "1", cancellationToken);
            if (Environment.TickCount64 > deadline)
            {
                throw new ForgeException(
                    "LabStopFailed", ForgeErrorKind.Timeout, $"Processes in {path} do not end although they were killed.", "See 'cat cgroup.procs' there; a process in state D waits for a disk.", path);
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>The files of a control group cannot be deleted, only its folders, deepest first.</summary>
    private static void RemoveTree(string path)
    {
        foreach (var child in Directory.GetDirectories(path))
        {
            RemoveTree(child);
        }

        Directory.Delete(path);
    }

    /// <summary>Where cgroup2 is mounted: /sys/fs/cgroup, or /sys/fs/cgroup/unified beside the old hierarchies.</summary>
    private static string Mount() =>
        File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).FirstOrDefault(fields => fields[2] == "cgroup2")?[1] ?? "/sys/fs/cgroup";
}
