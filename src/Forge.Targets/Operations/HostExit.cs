namespace Forge.Targets.Operations;

/// <summary>Exit codes of the wrapper itself.</summary>
internal static class HostExit
{
    /// <summary>A higher epoch holds the host.</summary>
    public const int EpochRefused = 90;

    /// <summary>The journal could not be written; nothing was run.</summary>
    public const int JournalFailed = 91;

    /// <summary>Another operation held the host too long.</summary>
    public const int LockTimeout = 92;

    /// <summary>The wrapper is missing or another version.</summary>
    public const int NotInstalled = 94;
}
