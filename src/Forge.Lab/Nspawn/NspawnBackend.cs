using System.Globalization;
using Forge.Core.Errors;
using Forge.Lab.Images;
using Forge.Lab.Machines;
using Forge.Lab.Processes;
using Forge.Lab.Readiness;

namespace Forge.Lab.Nspawn;

/// <summary>The quick lab: systemd-nspawn on a btrfs disk of its own, in its own mount, process and network namespaces. Needs root.</summary>
public sealed class NspawnBackend(LabOptions options) : ILabBackend
{
    private static readonly string[] Tools = ["systemd-nspawn", "slirp4netns", "btrfs", "btrfstune", "nsenter", "unshare", "setsid", "flock", "perl", "ssh"];

    private string Scripts => Path.Combine(options.Recipes, "nspawn");

    /// <inheritdoc/>
    public LabBackendKind Kind => LabBackendKind.Nspawn;

    /// <inheritdoc/>
    public string? WhyUnavailable()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "systemd-nspawn runs on Linux only";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "systemd-nspawn needs root";
        }

        var missing = Tools.Where(tool => Tool.Find(tool) is null).ToList();
        return missing.Count == 0 ? null : $"missing: {string.Join(", ", missing)} (packages systemd-container, slirp4netns, btrfs-progs, util-linux, perl-base, openssh-client)";
    }

    /// <inheritdoc/>
    public Task<LabAccelerator> FindAcceleratorAsync(LabImage image, CancellationToken cancellationToken) =>
        Task.FromResult(new LabAccelerator("host", "a container runs on the host's kernel"));

    /// <inheritdoc/>
    public async Task CreateAsync(LabFolder folder, LabRecord record, LabImage image, IProgress<LabProgress>? progress, CancellationToken cancellationToken)
    {
        using var clock = new ProgressClock(progress);
        clock.Begin("copy the disk");
        var disk = folder.Combine("disk.btrfs");
        await CreateStepAsync(new ToolRequest("cp", "--sparse=always", "--reflink=auto", image.NspawnDisk, disk) { TimeLimit = TimeSpan.FromMinutes(5) }, cancellationToken);

        // The kernel tells btrfs file systems apart by their id: copies need one of their own to be mounted side by side.
        await CreateStepAsync(new ToolRequest("btrfstune", "-f", "-m", disk), cancellationToken);
        if (!image.UsesHostLoopback)
        {
            await File.WriteAllTextAsync(folder.Combine("slirp-options"), "--disable-host-loopback\n", cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        var supervisor = Supervisor(folder);
        if (supervisor.Find() is not null)
        {
            try
            {
                await WaitAsync(folder, supervisor, cancellationToken);
                return;
            }
            catch (ForgeException) when (supervisor.Find() is null)
            {
                // It was on its way out when we looked: killed, or powered off from inside.
            }
        }

        await ControlGroup.RemoveAsync(folder.Combine("run", "cgroup"), cancellationToken);
        await LaunchAsync(folder, supervisor, cancellationToken);
        await WaitAsync(folder, supervisor, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        if (Supervisor(folder).Find() is { } process)
        {
            process.Signal(ProcessIdentity.Terminate);
            await process.WaitForEndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }

        await KillAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task KillAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        if (Supervisor(folder).Find() is { } process)
        {
            process.Signal(ProcessIdentity.Kill);
            if (!await process.WaitForEndAsync(TimeSpan.FromSeconds(10), cancellationToken))
            {
                throw new ForgeException(
                    "LabStopFailed", ForgeErrorKind.Timeout, $"The supervisor {process.Pid} of '{folder.Name}' does not end although it was killed.", "See what it waits for: cat /proc/PID/stack.", folder.Name);
            }
        }

        await ControlGroup.RemoveAsync(folder.Combine("run", "cgroup"), cancellationToken);
    }

    /// <inheritdoc/>
    public LabState GetState(LabFolder folder) => Supervisor(folder).Find() is null ? LabState.Stopped : LabState.Running;

    /// <inheritdoc/>
    public async Task<LabCheckpoint> CheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(DiskRequest(folder, "take", name), cancellationToken);
        if (result.ExitCode == 17)
        {
            throw new ForgeException("LabCheckpointExists", ForgeErrorKind.Conflict, $"The lab '{folder.Name}' has a checkpoint '{name}' already.", "Choose another name.", name);
        }

        Check(result, folder, $"Taking checkpoint '{name}'");
        return (await ListCheckpointsAsync(folder, cancellationToken)).Single(checkpoint => checkpoint.Name == name);
    }

    /// <inheritdoc/>
    public async Task RestoreAsync(LabFolder folder, string name, CancellationToken cancellationToken)
    {
        if ((await ListCheckpointsAsync(folder, cancellationToken)).All(checkpoint => checkpoint.Name != name))
        {
            throw new ForgeException("LabCheckpointNotFound", ForgeErrorKind.NotFound, $"The lab '{folder.Name}' has no checkpoint '{name}'.", "Take one with Checkpoint-ForgeLab.", name);
        }

        Directory.CreateDirectory(folder.Run);
        var wish = folder.Combine("run", "restore");
        await File.WriteAllTextAsync(wish + ".new", name + "\n", cancellationToken);
        File.Move(wish + ".new", wish, overwrite: true);
        var supervisor = Supervisor(folder);
        var before = supervisor.Status;
        if (supervisor.Find() is { } process && process.Signal(ProcessIdentity.User1))
        {
            await supervisor.WaitForStatusAsync(before, () => !process.IsAlive, cancellationToken);
        }

        await StartAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropCheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken) =>
        Check(await Tool.RunAsync(DiskRequest(folder, "drop", name), cancellationToken), folder, $"Dropping checkpoint '{name}'");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LabCheckpoint>> ListCheckpointsAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(DiskRequest(folder, "list"), cancellationToken);
        Check(result, folder, "Listing the checkpoints");
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words => new LabCheckpoint(
            folder.Name,
            words[0],
            DateTimeOffset.Parse(words[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            WithMemory: false))];
    }

    /// <inheritdoc/>
    public async Task<LabCommandResult> RunInsideAsync(LabFolder folder, string script, TimeSpan limit, CancellationToken cancellationToken)
    {
        var init = Supervisor(folder).FindInit().ToString(CultureInfo.InvariantCulture);
        var request = new ToolRequest(
            "nsenter", "--target", init, "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup",
            "/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C", "/bin/sh", "-s")
        {
            Input = script,
            TimeLimit = limit,
        };
        var result = await Tool.RunAsync(request, cancellationToken);
        return new LabCommandResult(result.ExitCode, result.Output, result.Error);
    }

    private Task WaitAsync(LabFolder folder, NspawnSupervisor supervisor, CancellationToken cancellationToken) =>
        SshProbe.WaitAsync(folder, folder.Load(), options.StartLimit, booting: true, () => WhyDead(supervisor), cancellationToken);

    private static string? WhyDead(NspawnSupervisor supervisor) =>
        supervisor.Find() is null ? $"its supervisor ended and says '{supervisor.Status ?? "nothing"}'" : null;

    /// <summary>A port that was free a moment ago may be taken by now: another is tried.</summary>
    private static async Task LaunchAsync(LabFolder folder, NspawnSupervisor supervisor, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Run);
        for (var attempt = 1; ; attempt++)
        {
            var record = folder.Load();
            if (!PortChooser.IsFree(record.Port))
            {
                record = record with { Port = PortChooser.Choose() };
                folder.Save(record);
            }

            folder.WriteKnownHosts(record.Port);
            await File.WriteAllTextAsync(folder.Combine("run", "port"), $"{record.Port}\n", cancellationToken);
            try
            {
                await supervisor.StartAsync(cancellationToken);
                return;
            }
            catch (ForgeException exception) when (exception.Id == "LabPortTaken" && attempt < 5)
            {
                folder.Save(record with { Port = PortChooser.Choose() });
            }
        }
    }

    private static async Task CreateStepAsync(ToolRequest request, CancellationToken cancellationToken) =>
        await Tool.RunCheckedAsync(request, "LabCreateFailed", "Making the machine's disk", "Look whether the disk is full.", cancellationToken);

    private static void Check(ToolResult result, LabFolder folder, string purpose)
    {
        if (result.ExitCode != 0)
        {
            throw new ForgeException(
                "LabCheckpointFailed", ForgeErrorKind.Unreachable, $"{purpose} of the lab '{folder.Name}' failed: {result.Complaint}", "Look whether the disk is full.", folder.Name);
        }
    }

    private NspawnSupervisor Supervisor(LabFolder folder) => new(folder, Scripts);

    /// <summary>While the machine runs its disk is mounted where the supervisor lives; otherwise it is mounted for the moment, in a namespace of its own.</summary>
    private ToolRequest DiskRequest(LabFolder folder, params string[] command)
    {
        var script = Path.Combine(Scripts, "disk.sh");
        string[] words = Supervisor(folder).Find() is { } process
            ? ["nsenter", "--mount", "--target", process.Pid.ToString(CultureInfo.InvariantCulture), "sh", script, NspawnSupervisor.DiskMount, .. command]
            : ["unshare", "--mount", "--propagation", "private", "sh", script, "--mount", folder.Combine("disk.btrfs"), .. command];
        return new ToolRequest(words[0], words[1..]);
    }
}
