namespace Forge.Lab.Machines;

/// <summary>What executes the instructions of a machine.</summary>
/// <param name="Name"><c>kvm</c>, <c>tcg</c> (translation, slow) or <c>host</c> (a container).</param>
/// <param name="WhyNotKvm">Why it is not KVM; null where it is.</param>
public sealed record LabAccelerator(string Name, string? WhyNotKvm);
