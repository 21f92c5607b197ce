using Forge.Core.Checkpoints;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Checkpoints;

/// <summary>Checkpoints of a lab, from outside the guest: the disk (nspawn), or the disk with the memory (QEMU).</summary>
/// <param name="labs">The labs.</param>
/// <param name="lab">Name of the lab.</param>
public sealed class LabCheckpointProvider(LabService labs, string lab) : ICheckpointProvider
{
    /// <inheritdoc/>
    public string Kind { get; } = labs.Get(lab).Backend == LabBackendKind.Qemu ? "qemu-snapshot" : "btrfs-snapshot";

    /// <inheritdoc/>
    public Task<Checkpoint> TakeAsync(string name, CancellationToken cancellationToken) =>
        InWordsOfThePortAsync(async () => ToCheckpoint(await labs.CheckpointAsync(lab, name, cancellationToken)));

    /// <inheritdoc/>
    public Task RevertAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return InWordsOfThePortAsync(() => labs.RestoreAsync(lab, checkpoint.Id, cancellationToken));
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

    /// <summary>The port promises two error ids; the lab's own are finer.</summary>
    private static async Task<T> InWordsOfThePortAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ForgeException exception)
        {
            var id = exception.Id == "LabCheckpointNotFound" ? "CheckpointNotFound" : "CheckpointFailed";
            throw new ForgeException(id, exception.Kind, exception.Message, exception.NextStep, exception.Subject, exception);
        }
    }

    private Checkpoint ToCheckpoint(LabCheckpoint taken) => new(taken.Name, Kind, Outside: true, taken.TakenAt);
}
