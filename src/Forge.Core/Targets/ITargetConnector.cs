namespace Forge.Core.Targets;

/// <summary>Port: opens connections to targets.</summary>
public interface ITargetConnector
{
    /// <summary>Opens a connection in the given role.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="role">What the connection is for; a <see cref="ConnectionRole.Fresh"/> one is a new login.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="Errors.ForgeException">Ids <c>TargetUnreachable</c>, <c>TargetHostKeyUnknown</c>, <c>TargetHostKeyChanged</c>, <c>TargetAuthenticationFailed</c>.</exception>
    Task<ITarget> ConnectAsync(TargetDescription target, ConnectionRole role, CancellationToken cancellationToken);
}
