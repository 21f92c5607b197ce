namespace Forge.Core.Journal;

/// <summary>After an undo.</summary>
/// <param name="OperationId">Operation that was undone.</param>
/// <param name="Restored">State equals the one before, by digest.</param>
/// <param name="Differences">What still differs.</param>
/// <param name="Seconds">Wall time, seconds.</param>
public sealed record UndoEnded(string OperationId, bool Restored, IReadOnlyList<string> Differences, double Seconds) : ForgeEvent;
