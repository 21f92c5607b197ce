using Forge.Core.Targets;

namespace Forge.Core.Operations;

/// <summary>
/// Port: the small POSIX wrapper on the host. It remembers operation ids with their results, refuses a lower fencing epoch, journals the state before a
/// change, goes on when the connection is lost, and undoes.
/// </summary>
public interface IOperationHost
{
    /// <summary>Installs the wrapper if it is missing or older, and claims the host for this epoch.</summary>
    /// <param name="epoch">Epoch to claim; null takes the next one after what the host has seen.</param>
    /// <param name="owner">Run id, shown to others that are refused.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The epoch that now holds.</returns>
    /// <exception cref="Errors.ForgeException">Id <c>EpochRefused</c> where a higher epoch holds the host.</exception>
    Task<long> ClaimAsync(long? epoch, string owner, CancellationToken cancellationToken);

    /// <summary>Runs an operation, or returns the result of the same one if it ran before; waits for one that is still running.</summary>
    /// <exception cref="Errors.ForgeException">Ids <c>EpochRefused</c>, <c>TargetUnreachable</c> (the operation may run on: ask <see cref="QueryAsync"/>), <c>HostJournalFailed</c> (state before could not be recorded, nothing was run).</exception>
    Task<OperationStatus> ExecuteAsync(Operation operation, CancellationToken cancellationToken);

    /// <summary>
    /// Runs operations one after another in one call, as <see cref="ExecuteAsync"/> runs each. The first one that does not end by itself (time limit, signal)
    /// or cannot be journalled ends the call; those after it are <see cref="OperationState.Absent"/>.
    /// </summary>
    /// <param name="operations">The operations in their order; without a dead-man revert.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the operation at work.</param>
    /// <returns>One for each operation, in the same order.</returns>
    /// <exception cref="Errors.ForgeException">As <see cref="ExecuteAsync"/>.</exception>
    Task<IReadOnlyList<OperationStatus>> ExecuteAllAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken);

    /// <summary>What became of an operation.</summary>
    Task<OperationStatus> QueryAsync(OperationId id, CancellationToken cancellationToken);

    /// <summary>Restores the state before the operation and proves it by digest. Undoing twice is harmless.</summary>
    Task<UndoResult> UndoAsync(OperationId id, long epoch, CancellationToken cancellationToken);

    /// <summary>Keeps the change: disarms a dead-man revert. The journal of the operation stays until <see cref="ForgetAsync"/>.</summary>
    Task DisarmAsync(OperationId id, CancellationToken cancellationToken);

    /// <summary>Drops the undo data of operations that are kept for good; their ids and results stay known.</summary>
    Task ForgetAsync(IReadOnlyList<OperationId> ids, CancellationToken cancellationToken);

    /// <summary>Removes the wrapper and all it stored; nothing is left behind on the host.</summary>
    Task RemoveAsync(CancellationToken cancellationToken);
}
