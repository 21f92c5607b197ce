using Forge.Core.Checkpoints;

namespace Forge.Core.Journal;

/// <summary>An outside checkpoint exists.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Seconds">Wall time, seconds.</param>
public sealed record CheckpointTaken(Checkpoint Checkpoint, double Seconds) : ForgeEvent;
