using Forge.Core.Targets;
using Forge.Targets.Local;
using Forge.Targets.Ssh;

namespace Forge.Targets;

/// <summary>Opens connections, by the transport that the target's description names.</summary>
public sealed class TargetConnector(TargetOptions options) : ITargetConnector
{
    private readonly SshTargetConnector _ssh = new(options);

    /// <inheritdoc/>
    public Task<ITarget> ConnectAsync(TargetDescription target, ConnectionRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Transport switch
        {
            TargetTransport.Local => Task.FromResult<ITarget>(new LocalTarget(target, role)),
            TargetTransport.Ssh => _ssh.ConnectAsync(target, role, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target.Transport, "Unknown transport."),
        };
    }
}
