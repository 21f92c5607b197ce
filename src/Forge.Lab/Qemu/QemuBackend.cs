using Forge.Core.Errors;
using Forge.Lab.Images;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Qemu;

/// <summary>The lab proper: a QEMU machine with its own kernel and boot loader, saved and taken back with its memory. No root needed once the image is there.</summary>
public sealed class QemuBackend(LabOptions options, TimeProvider clock) : ILabBackend
{
    private static readonly string[] Tools = [QemuProcess.Program, "qemu-img", "ssh"];
    private static readonly TimeSpan AgentLimit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public LabBackendKind Kind => LabBackendKind.Qemu;

    /// <inheritdoc/>
    public string? WhyUnavailable()
    {
        var missing = Tools.Where(tool => Tool.Find(tool) is null).ToList();
        return missing.Count == 0 ? null : $"missing: {string.Join(", ", missing)} (packages qemu-system-x86, qemu-utils, openssh-client)";
    }

    /// <inheritdoc/>
    public async Task<LabAccelerator> FindAcceleratorAsync(LabImage image, CancellationToken cancellationToken)
    {
        var reason = await new KvmProbe(options).WhyNotAsync(image, cancellationToken);
        return reason is null ? new LabAccelerator("kvm", null) : new LabAccelerator("tcg", reason);
    }

    /// <inheritdoc/>
    public async Task CreateAsync(LabFolder folder, LabRecord record, LabImage image, IProgress<LabProgress>? progress, CancellationToken cancellationToken)
    {
        using var steps = new ProgressClock(progress);
        var shape = new QemuShape(record.Accelerator, record.MemoryMiB, record.Processors);
        await new QemuImage(image, shape, options).CopyToAsync(folder, steps, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StartAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        var boot = new QemuBoot(folder, clock);
        var process = new QemuProcess(folder);
        if (process.Find() is not null)
        {
            try
            {
                await boot.WaitAsync(options.StartLimit, cancellationToken);
                return;
            }
            catch (ForgeException) when (process.Find() is null)
            {
                // It was on its way out when we looked: killed, or powered off from inside.
            }
        }

        if (folder.Load().Suspended && await TryResumeAsync(folder, boot, cancellationToken))
        {
            return;
        }

        folder.Save(folder.Load() with { Suspended = false });
        await boot.LaunchAsync(null, cancellationToken);
        await boot.WaitAsync(options.StartLimit, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(LabFolder folder, CancellationToken cancellationToken)
    {
        if (new QemuProcess(folder).Find() is not null)
        {
            await using (var monitor = await new QemuBoot(folder, clock).ConnectMonitorAsync(cancellationToken))
            {
                await monitor.ExecuteAsync("stop", null, cancellationToken);
                await SaveAsync(monitor, QemuImage.Suspended, cancellationToken);
                folder.Save(folder.Load() with { Suspended = true });
            }

            await KillAsync(folder, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task KillAsync(LabFolder folder, CancellationToken cancellationToken) => new QemuProcess(folder).KillAsync(cancellationToken);

    /// <inheritdoc/>
    public LabState GetState(LabFolder folder) => new QemuProcess(folder).Find() is null ? LabState.Stopped : LabState.Running;

    /// <inheritdoc/>
    public async Task<LabCheckpoint> CheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken)
    {
        RefuseOwnName(name);
        var disk = new QemuDisk(folder);
        if ((await disk.ListAsync(cancellationToken)).Any(checkpoint => checkpoint.Name == name))
        {
            throw new ForgeException("LabCheckpointExists", ForgeErrorKind.Conflict, $"The lab '{folder.Name}' has a checkpoint '{name}' already.", "Choose another name.", name);
        }

        if (GetState(folder) == LabState.Running)
        {
            await using var monitor = await new QemuBoot(folder, clock).ConnectMonitorAsync(cancellationToken);
            await SaveAsync(monitor, name, cancellationToken);
        }
        else if (folder.Load().Suspended)
        {
            // Memory that was saved at the stop can be saved again only by a machine that runs.
            await StartAsync(folder, cancellationToken);
            await CheckpointAsync(folder, name, cancellationToken);
            await StopAsync(folder, cancellationToken);
        }
        else
        {
            await disk.TakeAsync(name, cancellationToken);
        }

        return (await disk.ListAsync(cancellationToken)).Single(checkpoint => checkpoint.Name == name);
    }

    /// <inheritdoc/>
    public async Task RestoreAsync(LabFolder folder, string name, CancellationToken cancellationToken)
    {
        var disk = new QemuDisk(folder);
        var checkpoint = name.StartsWith("forge-", StringComparison.Ordinal) ? null : (await disk.ListAsync(cancellationToken)).FirstOrDefault(checkpoint => checkpoint.Name == name);
        if (checkpoint is null)
        {
            throw new ForgeException("LabCheckpointNotFound", ForgeErrorKind.NotFound, $"The lab '{folder.Name}' has no checkpoint '{name}'.", "Take one with Checkpoint-ForgeLab.", name);
        }

        var boot = new QemuBoot(folder, clock);
        if (!checkpoint.WithMemory)
        {
            await KillAsync(folder, cancellationToken);
            folder.Save(folder.Load() with { Suspended = false });
            await disk.ApplyAsync(name, cancellationToken);
            await boot.LaunchAsync(null, cancellationToken);
            await boot.WaitAsync(options.StartLimit, cancellationToken);
            return;
        }

        if (GetState(folder) == LabState.Running)
        {
            await using var monitor = await boot.ConnectMonitorAsync(cancellationToken);
            await monitor.ExecuteAsync("stop", null, cancellationToken);
            await LoadAsync(monitor, name, cancellationToken);
        }
        else
        {
            folder.Save(folder.Load() with { Suspended = false });
            await boot.LaunchAsync(name, cancellationToken);
        }

        await boot.ResumeAsync(options.StartLimit, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropCheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken)
    {
        RefuseOwnName(name);
        if (GetState(folder) == LabState.Running)
        {
            await using var monitor = await new QemuBoot(folder, clock).ConnectMonitorAsync(cancellationToken);
            await monitor.HumanAsync($"delvm {name}", cancellationToken);
        }
        else if ((await ListCheckpointsAsync(folder, cancellationToken)).Any(checkpoint => checkpoint.Name == name))
        {
            await new QemuDisk(folder).DeleteAsync(name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LabCheckpoint>> ListCheckpointsAsync(LabFolder folder, CancellationToken cancellationToken) =>
        [.. (await new QemuDisk(folder).ListAsync(cancellationToken)).Where(checkpoint => !checkpoint.Name.StartsWith("forge-", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public async Task<LabCommandResult> RunInsideAsync(LabFolder folder, string script, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (GetState(folder) == LabState.Stopped)
        {
            throw new ForgeException("LabNotRunning", ForgeErrorKind.Conflict, $"The lab '{folder.Name}' does not run.", $"Start-ForgeLab {folder.Name}.", folder.Name);
        }

        var paths = new QemuPaths(folder);
        using var guard = await FileLock.TakeAsync(paths.AgentLock, $"the guest agent of '{folder.Name}'", limit, cancellationToken);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            await using var agent = await GuestAgent.ConnectAsync(paths.Agent, AgentLimit, timer.Token);
            return await agent.RunAsync(script, timer.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ForgeException(
                "LabToolTimeout", ForgeErrorKind.Timeout, $"A script inside '{folder.Name}' did not end within {limit.TotalSeconds:0} s; it may still run there.", "Restore a checkpoint to be rid of it.", folder.Name, exception);
        }
    }

    /// <summary>Opens the serial console of a running machine.</summary>
    /// <exception cref="ForgeException">Id <c>LabConsoleUnreachable</c>.</exception>
    public static Task<SerialConsole> OpenConsoleAsync(LabFolder folder, CancellationToken cancellationToken) =>
        SerialConsole.ConnectAsync(new QemuPaths(folder).Serial, cancellationToken);

    /// <summary>Saved memory is used once: from here on the disk moves away from it. False where this QEMU cannot load it (an update of QEMU, say).</summary>
    private async Task<bool> TryResumeAsync(LabFolder folder, QemuBoot boot, CancellationToken cancellationToken)
    {
        try
        {
            await boot.LaunchAsync(QemuImage.Suspended, cancellationToken);
        }
        catch (ForgeException exception) when (exception.Id == "LabStartFailed")
        {
            return false;
        }

        folder.Save(folder.Load() with { Suspended = false });
        await boot.ResumeAsync(options.StartLimit, cancellationToken);
        return true;
    }

    private static void RefuseOwnName(string name)
    {
        if (name.StartsWith("forge-", StringComparison.Ordinal))
        {
            throw new ForgeException("LabNameInvalid", ForgeErrorKind.BadInput, $"'{name}' cannot be the name of a checkpoint.", "Names that begin with 'forge-' are Forge's own.", name);
        }
    }

    /// <summary>savevm overwrites a snapshot of the same name and reports its failures as text only.</summary>
    private static async Task SaveAsync(QmpClient monitor, string name, CancellationToken cancellationToken)
    {
        try
        {
            await monitor.HumanAsync($"savevm {name}", cancellationToken);
        }
        catch (ForgeException exception) when (exception.Id == "LabMonitorRefused")
        {
            throw new ForgeException("LabCheckpointFailed", ForgeErrorKind.Unreachable, $"Checkpoint '{name}' was not taken: {exception.Message}", "Look whether the disk is full.", name, exception);
        }
    }

    private static async Task LoadAsync(QmpClient monitor, string name, CancellationToken cancellationToken)
    {
        try
        {
            await monitor.HumanAsync($"loadvm {name}", cancellationToken);
        }
        catch (ForgeException exception) when (exception.Id == "LabMonitorRefused")
        {
            throw new ForgeException(
                "LabCheckpointFailed", ForgeErrorKind.Unreachable, $"The machine could not be taken back to '{name}' and stands still: {exception.Message}", "Stop-ForgeLab, then restore another checkpoint.", name, exception);
        }
    }
}
