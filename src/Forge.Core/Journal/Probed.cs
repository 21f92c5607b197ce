namespace Forge.Core.Journal;

/// <summary>The machine's health was probed through a new connection.</summary>
/// <param name="Healthy">All that worked before works.</param>
/// <param name="Faults">What does not, one line each.</param>
/// <param name="Fingerprint">Name of the fault without variable parts; empty where healthy.</param>
/// <param name="Seconds">Wall time, seconds.</param>
public sealed record Probed(bool Healthy, IReadOnlyList<string> Faults, string Fingerprint, double Seconds) : ForgeEvent;
