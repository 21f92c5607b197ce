namespace Forge.Core.Probing;

/// <summary>Compares what a probe saw with what worked before. Pure.</summary>
internal static class HealthJudge
{
    /// <summary>Below this many free bytes a file system counts as full (16 MiB), where it had more before.</summary>
    private const long FullBelow = 16L << 20;

    /// <summary>Says what does not work any more.</summary>
    /// <param name="before">What worked.</param>
    /// <param name="now">What is seen.</param>
    /// <param name="intendedStops">Units that the change was to stop, with or without their suffix.</param>
    public static (IReadOnlyList<string> Faults, string Fingerprint) Judge(HealthSnapshot before, HealthSnapshot now, IReadOnlyCollection<string> intendedStops)
    {
        var faults = new List<string>();
        var fingerprint = "";
        foreach (var (mount, free) in now.FreeBytes)
        {
            if (free < FullBelow && before.FreeBytes.GetValueOrDefault(mount, long.MaxValue) >= FullBelow)
            {
                faults.Add($"the file system {mount} is full ({free >> 10} KiB free)");
                fingerprint = "disk-full";
            }
        }

        if (now.PackageFault.Length > 0 && before.PackageFault.Length == 0)
        {
            faults.Add($"the package database is broken: {now.PackageFault}");
            fingerprint = fingerprint.Length > 0 ? fingerprint : "package-database";
        }

        foreach (var unit in before.ActiveUnits.Where(u => !now.ActiveUnits.Contains(u) && !IsIntended(u, now, intendedStops)).Order(StringComparer.Ordinal))
        {
            faults.Add($"{unit} ran before and {(now.FailedUnits.Contains(unit) ? "has failed" : "does not run any more")}");
            fingerprint = fingerprint.Length > 0 ? fingerprint : "service";
        }

        return (faults, fingerprint);
    }

    /// <summary>A stop is intended where the change names the unit, or its package is gone with it.</summary>
    private static bool IsIntended(string unit, HealthSnapshot now, IReadOnlyCollection<string> intended) =>
        !now.KnownUnits.Contains(unit) || intended.Contains(unit) || intended.Contains(unit[..unit.LastIndexOf('.')]);
}
