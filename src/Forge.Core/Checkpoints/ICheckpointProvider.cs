namespace Forge.Core.Checkpoints;

/// <summary>Port: takes a whole target back from outside (snapshot of a lab or of a virtual machine). Undo per operation is <see cref="Operations.IOperationHost"/>.</summary>
public interface ICheckpointProvider
{
    /// <summary>Kind of checkpoint, for example <c>btrfs-snapshot</c>.</summary>
    string Kind { get; }

    /// <summary>Takes a checkpoint; it is complete and usable when this returns.</summary>
    /// <param name="name">Name, letters, digits and dashes; unique within the target.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Errors.ForgeException">Id <c>CheckpointFailed</c>.</exception>
    Task<Checkpoint> TakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes the target back; returns when it is running again (reachability is proven by the caller).</summary>
    /// <exception cref="Errors.ForgeException">Ids <c>CheckpointNotFound</c>, <c>CheckpointFailed</c>.</exception>
    Task RevertAsync(Checkpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>Drops a checkpoint that is no longer needed; one that is gone already is no error.</summary>
    Task DropAsync(Checkpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>The checkpoints that exist. A failed listing throws; it is never an empty list.</summary>
    Task<IReadOnlyList<Checkpoint>> ListAsync(CancellationToken cancellationToken);
}
