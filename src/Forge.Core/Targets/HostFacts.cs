namespace Forge.Core.Targets;

/// <summary>Facts about a machine, parsed from its own files.</summary>
public sealed record HostFacts
{
    /// <summary><c>ID</c> of os-release, for example <c>debian</c>.</summary>
    public required string OsId { get; init; }

    /// <summary><c>VERSION_ID</c> of os-release, for example <c>12</c>; empty where it has none.</summary>
    public required string OsVersion { get; init; }

    /// <summary><c>PRETTY_NAME</c> of os-release.</summary>
    public required string OsName { get; init; }

    /// <summary>Machine architecture as <c>uname -m</c> says it.</summary>
    public required string Architecture { get; init; }

    /// <summary>Running kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>Id of this boot (<c>/proc/sys/kernel/random/boot_id</c>).</summary>
    public required string BootId { get; init; }

    /// <summary>What <c>systemd-detect-virt</c> says, for example <c>kvm</c>, <c>systemd-nspawn</c>, <c>none</c>.</summary>
    public required string Virtualization { get; init; }

    /// <summary>Free bytes on the root file system.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>Size in bytes of the root file system.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Processors that are online, at least 1; 1 where it is not known.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>The host's clock, UTC, when it was asked.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>Name by which memory is scoped: os, version and architecture.</summary>
    public string Platform => $"{OsId}-{OsVersion}-{Architecture}";
}
