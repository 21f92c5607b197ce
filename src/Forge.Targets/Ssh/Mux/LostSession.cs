using Forge.Targets.Scripts;

namespace Forge.Targets.Ssh.Mux;

/// <summary>A session that cannot be had because the connection is gone: its streams are at their end.</summary>
/// <param name="reason">What is said of it.</param>
internal sealed class LostSession(string reason) : IShellSession
{
    /// <inheritdoc/>
    public Stream Input => Stream.Null;

    /// <inheritdoc/>
    public Stream Output => Stream.Null;

    /// <inheritdoc/>
    public Stream Error => Stream.Null;

    /// <inheritdoc/>
    public bool IsRefused => false;

    /// <inheritdoc/>
    public string? TransportFault() => reason;

    /// <inheritdoc/>
    public void Kill()
    {
        // Nothing runs.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
