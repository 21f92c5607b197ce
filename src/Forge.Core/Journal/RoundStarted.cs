namespace Forge.Core.Journal;

/// <summary>A round of fixing began.</summary>
/// <param name="Round">Number, from 1.</param>
/// <param name="Items">Item ids in the order in which they will be done.</param>
public sealed record RoundStarted(int Round, IReadOnlyList<string> Items) : ForgeEvent;
