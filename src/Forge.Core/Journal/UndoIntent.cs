namespace Forge.Core.Journal;

/// <summary>Before an undo.</summary>
/// <param name="OperationId">Operation that is undone.</param>
/// <param name="Reason">Why.</param>
public sealed record UndoIntent(string OperationId, string Reason) : ForgeEvent;
