using Forge.Core.Targets;

namespace Forge.Lab.Machines;

/// <summary>A lab machine as it is now.</summary>
public sealed record LabMachine
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the image recipe.</summary>
    public required string Distribution { get; init; }

    /// <summary>What it is made of.</summary>
    public required LabBackendKind Backend { get; init; }

    /// <summary>What executes its instructions: <c>kvm</c>, <c>tcg</c> or <c>host</c> (a container).</summary>
    public required string Accelerator { get; init; }

    /// <summary>Why this backend was chosen.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it runs.</summary>
    public required LabState State { get; init; }

    /// <summary>Port on 127.0.0.1 that leads to its ssh server; null while it is stopped.</summary>
    public int? Port { get; init; }

    /// <summary>Where its ssh server is reached, <c>host:port</c>; null while it is stopped.</summary>
    public string? Address => Port is { } port ? $"127.0.0.1:{port}" : null;

    /// <summary>From the start to the first login, at the last start; null before the first one.</summary>
    public TimeSpan? Boot { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Account to log in with: has sudo, without a password until hardening takes that away.</summary>
    public required string UserName { get; init; }

    /// <summary>Private key of the account.</summary>
    public required string KeyFile { get; init; }

    /// <summary>File that holds the password of the account (for sudo) and of root (for the console).</summary>
    public required string PasswordFile { get; init; }

    /// <summary>Known-hosts file that names its host keys. Machines of one image share them.</summary>
    public required string KnownHostsFile { get; init; }

    /// <summary>Digest of the recipe that its image was built from.</summary>
    public required string ImageDigest { get; init; }

    /// <summary>Folder with everything that it is made of.</summary>
    public required string Folder { get; init; }

    /// <summary>The machine as a target of the loop.</summary>
    public TargetDescription ToTarget() => new()
    {
        Name = Name,
        HostName = "127.0.0.1",
        Port = Port,
        UserName = UserName,
        KeyFilePath = KeyFile,
        SudoPasswordFile = PasswordFile,
        KnownHostsFile = KnownHostsFile,
        Lab = Name,
    };
}
