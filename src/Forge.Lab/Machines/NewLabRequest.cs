namespace Forge.Lab.Machines;

/// <summary>What a new lab machine shall be.</summary>
/// <param name="Name">Name: lower-case letters, digits and dashes, at most 40, begins with a letter.</param>
public sealed record NewLabRequest(string Name)
{
    /// <summary>Name of an image recipe (a folder of <c>lab/</c>).</summary>
    public string Distribution { get; init; } = "debian12";

    /// <summary>Backend; null lets <see cref="Purpose"/> and this machine decide.</summary>
    public LabBackendKind? Backend { get; init; }

    /// <summary>What it is for.</summary>
    public LabPurpose Purpose { get; init; } = LabPurpose.Hardening;

    /// <summary>Memory in MiB, 512 to 65536 (QEMU only; a container shares the host's).</summary>
    public int MemoryMiB { get; init; } = 1536;

    /// <summary>Processors, 1 to 64 (QEMU only).</summary>
    public int Processors { get; init; } = 2;
}
