namespace Forge.Core.Journal;

/// <summary>A checkpoint was dropped; its successor existed before.</summary>
/// <param name="CheckpointId">Which.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record CheckpointDropped(string CheckpointId, double Seconds = 0) : ForgeEvent;
