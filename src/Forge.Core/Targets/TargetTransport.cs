namespace Forge.Core.Targets;

/// <summary>How a target is reached.</summary>
public enum TargetTransport
{
    /// <summary>The system's OpenSSH client.</summary>
    Ssh,

    /// <summary>This machine.</summary>
    Local,
}
