using Forge.Core.Checkpoints;
using Forge.Lab.Machines;

namespace Forge.Lab.Checkpoints;

/// <summary>Checkpoints of a lab, from outside the guest.</summary>
/// <param name="labs">The labs.</param>
/// <param name="lab">Name of the lab.</param>
public sealed class LabCheckpointProvider(LabService labs, string lab) : ICheckpointProvider
{
    /// <inheritdoc/>
    public string Kind { get; } = labs.Get(lab).Backend == LabBackendKind.Qemu ? "qemu-snapshot" : "btrfs-snapshot";

    /// <inheritdoc/>
    public async Task<Checkpoint> TakeAsync(string name, CancellationToken cancellationToken) =>
        ToCheckpoint(await labs.CheckpointAsync(lab, name, cancellationToken));

    /// <inheritdoc/>
    public Task RevertAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return labs.RestoreAsync(lab, checkpoint.Id, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DropAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return labs.DropCheckpointAsync(lab, checkpoint.Id, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Checkpoint>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await labs.ListCheckpointsAsync(lab, cancellationToken)).Select(ToCheckpoint)];

    private Checkpoint ToCheckpoint(LabCheckpoint taken) => new(taken.Name, Kind, Outside: true, taken.TakenAt);
}
