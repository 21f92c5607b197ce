using Forge.Core.Targets;

namespace Forge.Core.Checkpoints;

/// <summary>Port: finds the provider of outside checkpoints for a target.</summary>
public interface ICheckpointSource
{
    /// <summary>The provider; null where the target has none (then the file journal on the host and dead-man reverts are used).</summary>
    Task<ICheckpointProvider?> FindAsync(TargetDescription target, CancellationToken cancellationToken);
}
