namespace Forge.Core.Journal;

/// <summary>A run ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Reason">Why, one sentence.</param>
public sealed record RunEnded(RunStatus Status, string Reason) : ForgeEvent;
