namespace Forge.Lab.Machines;

/// <summary>A point to which a lab machine can be taken back.</summary>
/// <param name="Lab">Name of the machine.</param>
/// <param name="Name">Name of the checkpoint, unique within the machine.</param>
/// <param name="TakenAt">When, UTC, to the second.</param>
/// <param name="WithMemory">Whether the running state is part of it (QEMU); otherwise a restore boots the machine.</param>
public sealed record LabCheckpoint(string Lab, string Name, DateTimeOffset TakenAt, bool WithMemory)
{
    /// <summary>Bytes of memory that were saved; null where the checkpoint is of the disk only.</summary>
    public long? MemoryBytes { get; init; }
}
