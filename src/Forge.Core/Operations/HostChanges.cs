namespace Forge.Core.Operations;

/// <summary>What an operation changed, observed by comparing the host's state before and after; not what the script said of itself.</summary>
public sealed record HostChanges
{
    /// <summary>Nothing changed.</summary>
    public static HostChanges None { get; } = new();

    /// <summary>Files created, changed (content, mode or owner) or deleted.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Packages installed, as <c>name=version</c>.</summary>
    public IReadOnlyList<string> PackagesInstalled { get; init; } = [];

    /// <summary>Packages removed, as <c>name=version</c>.</summary>
    public IReadOnlyList<string> PackagesRemoved { get; init; } = [];

    /// <summary>Units that became active.</summary>
    public IReadOnlyList<string> UnitsStarted { get; init; } = [];

    /// <summary>Units that ceased to be active.</summary>
    public IReadOnlyList<string> UnitsStopped { get; init; } = [];

    /// <summary>Kernel parameters changed, by sysctl name.</summary>
    public IReadOnlyList<string> Sysctls { get; init; } = [];

    /// <summary>True where nothing changed.</summary>
    public bool IsEmpty => Files.Count + PackagesInstalled.Count + PackagesRemoved.Count + UnitsStarted.Count + UnitsStopped.Count + Sysctls.Count == 0;
}
