namespace Forge.Targets;

/// <summary>Where connections keep their files.</summary>
public sealed record TargetOptions
{
    /// <summary>Forge's state folder (<c>FORGE_HOME</c>); our own <c>known_hosts</c> lies in it.</summary>
    public required string ForgeHome { get; init; }

    /// <summary>The OpenSSH client, by name or path.</summary>
    public string SshPath { get; init; } = "ssh";

    /// <summary>The user's own OpenSSH folder; its <c>config</c> and <c>known_hosts</c> are read, never written.</summary>
    public string UserSshFolder { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");

    /// <summary>Private folder for control sockets (mode 0700, short: a socket's path may have about 90 bytes); null takes the platform's.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>Whether each command starts an ssh client of its own, as where the control socket cannot be spoken to; for tests.</summary>
    internal bool ClientForEachCommand { get; init; }

    /// <summary>Path of our own file of trusted host keys.</summary>
    public string KnownHostsPath => Path.Combine(ForgeHome, "known_hosts");
}
