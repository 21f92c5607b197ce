namespace Forge.Core.Targets;

/// <summary>A machine under care as the inventory names it.</summary>
public sealed record TargetDescription
{
    /// <summary>Name in the inventory: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it is reached.</summary>
    public TargetTransport Transport { get; init; } = TargetTransport.Ssh;

    /// <summary>Host name, address or alias of the user's ssh configuration; null means <see cref="Name"/>.</summary>
    public string? HostName { get; init; }

    /// <summary>TCP port, 1 to 65535; null leaves it to the ssh configuration.</summary>
    public int? Port { get; init; }

    /// <summary>Login name; null leaves it to the ssh configuration.</summary>
    public string? UserName { get; init; }

    /// <summary>Path of the private key; null leaves it to the ssh configuration and agent.</summary>
    public string? KeyFilePath { get; init; }

    /// <summary>File that holds the sudo password (first line), mode 0600; null where sudo asks for none.</summary>
    public string? SudoPasswordFile { get; init; }

    /// <summary>Extra options of the ssh client, by its configuration keywords.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Known host lines that are trusted for this target besides the user's own file (a lab writes its own).</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>Tags for selection, for example <c>web</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Name of the lab that this target is; null for a machine of one's own.</summary>
    public string? Lab { get; init; }

    /// <summary>Seconds to wait for a connection, 1 to 600.</summary>
    public int ConnectingTimeout { get; init; } = 15;
}
