namespace Forge.Lab.Selection;

/// <summary>What works on this machine.</summary>
/// <param name="NspawnMissing">Why nspawn cannot be used; null where it can.</param>
/// <param name="QemuMissing">Why QEMU cannot be used; null where it can.</param>
/// <param name="KvmMissing">Why KVM cannot be used; null where a machine booted with it.</param>
internal sealed record BackendAvailability(string? NspawnMissing, string? QemuMissing, string? KvmMissing);
