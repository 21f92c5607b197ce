namespace Forge.Core.Operations;

/// <summary>What became of an undo.</summary>
/// <param name="Restored">The host's state equals the one before, shown by its digest.</param>
/// <param name="Differences">What still differs, one line each; empty where restored.</param>
/// <param name="Output">What the undo printed, bounded.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record UndoResult(bool Restored, IReadOnlyList<string> Differences, string Output, TimeSpan Elapsed);
