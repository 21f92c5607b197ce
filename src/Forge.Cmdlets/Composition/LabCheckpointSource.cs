using Forge.Core.Checkpoints;
using Forge.Core.Targets;
using Forge.Lab;
using Forge.Lab.Checkpoints;

namespace Forge.Cmdlets.Composition;

/// <summary>Outside checkpoints of targets that are labs; other targets have none here.</summary>
/// <param name="labs">The labs of this machine.</param>
internal sealed class LabCheckpointSource(Lazy<LabService> labs) : ICheckpointSource
{
    public Task<ICheckpointProvider?> FindAsync(TargetDescription target, CancellationToken cancellationToken) =>
        Task.FromResult<ICheckpointProvider?>(target.Lab is { } lab ? new LabCheckpointProvider(labs.Value, lab) : null);
}
