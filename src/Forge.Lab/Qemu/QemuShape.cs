namespace Forge.Lab.Qemu;

/// <summary>What a saved memory depends on: it can be loaded only into a machine of the same shape.</summary>
/// <param name="Accelerator"><c>kvm</c> or <c>tcg</c>.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
/// <param name="Processors">Processors.</param>
internal sealed record QemuShape(string Accelerator, int MemoryMiB, int Processors);
