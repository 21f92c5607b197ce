using System.Globalization;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Qemu;

/// <summary>The qcow2 disks of a machine, through <c>qemu-img</c>.</summary>
internal sealed class QemuDisk(LabFolder folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly QemuPaths paths = new(folder);

    /// <summary>Makes empty disks over the image's disk, which has to be in the folder already.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await RunAsync("LabCreateFailed", cancellationToken, "create", "-q", "-f", "qcow2", "-b", Path.GetFileName(paths.Base), "-F", "raw", paths.Disk);
        await RunAsync("LabCreateFailed", cancellationToken, "create", "-q", "-f", "qcow2", paths.Spare, "4G");
    }

    /// <summary>The snapshots of the machine's disk, oldest first. Works while QEMU has it open.</summary>
    public async Task<IReadOnlyList<LabCheckpoint>> ListAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync("LabCheckpointFailed", cancellationToken, "info", "--force-share", "--output=json", paths.Disk);
        using var info = JsonDocument.Parse(result.Output);
        return !info.RootElement.TryGetProperty("snapshots", out var snapshots)
            ? []
            : [.. snapshots.EnumerateArray().Select(Read).OrderBy(checkpoint => checkpoint.TakenAt)];
    }

    /// <summary>Takes a snapshot of the disks of a machine that does not run.</summary>
    public Task TakeAsync(string name, CancellationToken cancellationToken) => OnBothAsync("-c", name, cancellationToken);

    /// <summary>Takes the disks of a machine that does not run back to a snapshot.</summary>
    public Task ApplyAsync(string name, CancellationToken cancellationToken) => OnBothAsync("-a", name, cancellationToken);

    /// <summary>Deletes a snapshot of a machine that does not run.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => OnBothAsync("-d", name, cancellationToken);

    private async Task OnBothAsync(string option, string name, CancellationToken cancellationToken)
    {
        await RunAsync("LabCheckpointFailed", cancellationToken, "snapshot", option, name, paths.Disk);
        await RunAsync("LabCheckpointFailed", cancellationToken, "snapshot", option, name, paths.Spare);
    }

    private LabCheckpoint Read(JsonElement snapshot)
    {
        var memory = snapshot.GetProperty("vm-state-size").GetInt64();
        return new LabCheckpoint(
            folder.Name,
            snapshot.GetProperty("name").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(snapshot.GetProperty("date-sec").GetInt64()),
            WithMemory: memory > 0)
        {
            MemoryBytes = memory > 0 ? memory : null,
        };
    }

    private async Task<ToolResult> RunAsync(string errorId, CancellationToken cancellationToken, params string[] arguments) => await Tool.RunCheckedAsync(
        new ToolRequest("qemu-img", arguments) { TimeLimit = Limit, WorkingFolder = folder.Path },
        errorId,
        $"Working on the disk of '{folder.Name}' (qemu-img {arguments[0]})",
        "Look whether the disk is full.",
        cancellationToken);
}
