namespace Forge.Core.Probing;

/// <summary>A probe's judgement against what worked before.</summary>
/// <param name="Snapshot">What was seen; null where own access failed.</param>
/// <param name="Faults">What does not work, one line each; empty where healthy.</param>
/// <param name="Fingerprint">Name of the first fault without variable parts.</param>
/// <param name="Seconds">Wall time in seconds.</param>
public sealed record HealthReport(HealthSnapshot? Snapshot, IReadOnlyList<string> Faults, string Fingerprint, double Seconds)
{
    /// <summary>No fault.</summary>
    public bool Healthy => Faults.Count == 0;
}
