namespace Forge.Core.Journal;

/// <summary>Something was asked of a target, or tidied there, that is neither a change of it nor a verdict.</summary>
/// <param name="Purpose">What for, in words.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record Contacted(string Purpose, double Seconds) : ForgeEvent;
