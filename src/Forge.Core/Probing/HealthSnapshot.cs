namespace Forge.Core.Probing;

/// <summary>What a probe saw through a new login.</summary>
public sealed record HealthSnapshot
{
    /// <summary>Units that run or listen and are enabled.</summary>
    public required IReadOnlySet<string> ActiveUnits { get; init; }

    /// <summary>Units that the service manager knows.</summary>
    public required IReadOnlySet<string> KnownUnits { get; init; }

    /// <summary>Units in state failed.</summary>
    public required IReadOnlySet<string> FailedUnits { get; init; }

    /// <summary>Free bytes by mount point, of the file systems that a change could fill.</summary>
    public required IReadOnlyDictionary<string, long> FreeBytes { get; init; }

    /// <summary>What the package tool says is half installed; empty where all is well.</summary>
    public required string PackageFault { get; init; }
}
