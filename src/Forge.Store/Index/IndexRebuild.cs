namespace Forge.Store.Index;

/// <summary>What rebuilding the index found.</summary>
/// <param name="Runs">Runs taken in.</param>
/// <param name="Lessons">Lessons known afterwards.</param>
/// <param name="Faults">What could not be read, one sentence with file and line each.</param>
public sealed record IndexRebuild(int Runs, int Lessons, IReadOnlyList<string> Faults);
