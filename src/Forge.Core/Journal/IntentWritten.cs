namespace Forge.Core.Journal;

/// <summary>Before any change: what will be run, under which name, and how it is undone. Durable before the change begins.</summary>
/// <param name="OperationId">Name of the operation.</param>
/// <param name="Epoch">Fencing epoch.</param>
/// <param name="Attempt">Attempt, from 1; 0 for a change of the run itself (prepare).</param>
/// <param name="Step">Step within the attempt.</param>
/// <param name="Script">Blob with the exact bytes.</param>
/// <param name="Undo"><c>host-journal</c>, <c>checkpoint</c> or <c>none</c>.</param>
/// <param name="Checkpoint">Outside checkpoint that covers it; null for none.</param>
/// <param name="DeadManSeconds">Dead-man revert armed on the host, seconds; null for none.</param>
public sealed record IntentWritten(
    string OperationId,
    long Epoch,
    int Attempt,
    string Step,
    string Script,
    string Undo,
    string? Checkpoint,
    double? DeadManSeconds) : ForgeEvent;
