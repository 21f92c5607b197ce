using Forge.Core.Targets;

namespace Forge.Targets.Ssh;

/// <summary>Opens ssh connections. Each is a login of its own with its own control socket, so that roles never share a session and a fresh one proves access.</summary>
public sealed class SshTargetConnector(TargetOptions options) : ITargetConnector
{
    /// <inheritdoc/>
    public async Task<ITarget> ConnectAsync(TargetDescription target, ConnectionRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var master = await SshMaster.OpenAsync(target, options, cancellationToken).ConfigureAwait(false);
        return new SshTarget(target, role, options, master);
    }
}
