namespace Forge.Core.Journal;

/// <summary>Work on a target stopped before its end.</summary>
/// <param name="Reason">Why, one clear sentence.</param>
/// <param name="Fingerprint">Fault that several items shared; empty where it is another reason.</param>
public sealed record TargetParked(string Reason, string Fingerprint) : ForgeEvent;
