namespace Forge.Core.Journal;

/// <summary>A target was taken back from outside.</summary>
/// <param name="CheckpointId">To which checkpoint.</param>
/// <param name="Reason">Why.</param>
/// <param name="Requeued">Items whose fixes were lost by it and are done again.</param>
/// <param name="Seconds">Wall time, seconds.</param>
public sealed record CheckpointReverted(string CheckpointId, string Reason, IReadOnlyList<string> Requeued, double Seconds) : ForgeEvent;
