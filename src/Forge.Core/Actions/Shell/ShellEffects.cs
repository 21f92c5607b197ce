using Forge.Core.Findings;

namespace Forge.Core.Actions.Shell;

/// <summary>What a script can touch, read from its commands.</summary>
public sealed record ShellEffects
{
    /// <summary>Whether the script could be parsed; where not, <see cref="Problem"/> says why and the highest class applies.</summary>
    public bool Parsed { get; init; } = true;

    /// <summary>Why it could not be parsed; empty where it could.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Files, packages, services, sysctls, modules and accounts named in it.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>Packages that it installs.</summary>
    public IReadOnlyList<string> InstalledPackages { get; init; } = [];

    /// <summary>Services that it starts or enables.</summary>
    public IReadOnlyList<string> StartedServices { get; init; } = [];

    /// <summary>Settings that it writes as one whole line.</summary>
    public IReadOnlyList<ShellSetting> Settings { get; init; } = [];

    /// <summary>Packages that it removes.</summary>
    public IReadOnlyList<string> RemovedPackages { get; init; } = [];

    /// <summary>Services that it stops, disables or masks.</summary>
    public IReadOnlyList<string> StoppedServices { get; init; } = [];

    /// <summary>Commands that cannot be taken back by the host's journal, as they stand in the script.</summary>
    public IReadOnlyList<string> Irreversible { get; init; } = [];

    /// <summary>Commands whose effect stands in no script: ones not known before it runs, and other interpreters with what they are given.</summary>
    public IReadOnlyList<string> Opaque { get; init; } = [];

    /// <summary>A tool of it that can cut off access without naming a file (firewall, PAM profiles, network); null where there is none.</summary>
    public string? LockoutTool { get; init; }

    /// <summary>Whether it remounts, mounts or unmounts.</summary>
    public bool Mounts { get; init; }

    /// <summary>Whether it restarts, stops or reloads services.</summary>
    public bool TouchesServices { get; init; }
}
