namespace Forge.Lab.Machines;

/// <summary>What is written down about a lab machine in its <c>lab.json</c>.</summary>
public sealed record LabRecord
{
    /// <summary>Version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the image recipe.</summary>
    public required string Distribution { get; init; }

    /// <summary>What it is made of.</summary>
    public required LabBackendKind Backend { get; init; }

    /// <summary>What executes its instructions: <c>kvm</c>, <c>tcg</c> or <c>host</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Why this backend was chosen.</summary>
    public required string Reason { get; init; }

    /// <summary>Digest of the recipe.</summary>
    public required string ImageDigest { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Account to log in with.</summary>
    public required string UserName { get; init; }

    /// <summary>Memory in MiB (QEMU).</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Processors (QEMU).</summary>
    public required int Processors { get; init; }

    /// <summary>Port on 127.0.0.1; kept from start to start as long as it is free.</summary>
    public required int Port { get; init; }

    /// <summary>Seconds from the last start to the first login.</summary>
    public double? BootSeconds { get; init; }

    /// <summary>QEMU: the disk holds the memory of a machine that was stopped; cleared before it runs on.</summary>
    public bool Suspended { get; init; }
}
