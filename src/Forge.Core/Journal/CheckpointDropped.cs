namespace Forge.Core.Journal;

/// <summary>A checkpoint was dropped; its successor existed before.</summary>
/// <param name="CheckpointId">Which.</param>
public sealed record CheckpointDropped(string CheckpointId) : ForgeEvent;
