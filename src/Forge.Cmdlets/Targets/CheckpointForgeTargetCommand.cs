using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Checkpoints;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Takes a checkpoint of a target from outside.</summary>
/// <example>
/// <para>Takes a checkpoint of the machine behind a target, from outside.</para>
/// <code>Checkpoint-ForgeTarget practice before-patches</code>
/// </example>
/// <example>
/// <para>Takes one of several before they are patched.</para>
/// <code>Get-ForgeTarget web* | Checkpoint-ForgeTarget -CheckpointName before-patches</code>
/// </example>
[Cmdlet(VerbsData.Checkpoint, "ForgeTarget", SupportsShouldProcess = true)]
[OutputType(typeof(TargetCheckpoint))]
public sealed class CheckpointForgeTargetCommand : TargetCmdlet
{
    /// <summary>Name of the checkpoint.</summary>
    [Parameter(Position = 1, HelpMessage = "Name of the checkpoint: letters, digits, dashes; default the time.")]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9-]*$")]
    public string CheckpointName { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var target in ResolveTargets())
        {
            var provider = await ProviderOfAsync(target, cancellationToken);
            var name = CheckpointName.Length > 0 ? CheckpointName : $"manual-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmss}";
            if (await sink.ShouldProcessAsync(target.Name, $"take checkpoint {name} ({provider.Kind})"))
            {
                var taken = await provider.TakeAsync(name, cancellationToken);
                await sink.WriteAsync(new TargetCheckpoint(target.Name, taken.Id, taken.Kind, taken.TakenAt));
            }
        }
    }

    /// <summary>The provider of outside checkpoints of a target.</summary>
    internal static async Task<ICheckpointProvider> ProviderOfAsync(TargetDescription target, CancellationToken cancellationToken) =>
        await ForgeServices.Current.LoopPorts().Checkpoints.FindAsync(target, cancellationToken) ?? throw new ForgeException(
            "NoOutsideCheckpoint",
            ForgeErrorKind.Missing,
            $"{target.Name} has no checkpoints from outside.",
            "Labs have them. On other machines every change of a run is undone by the host's journal.",
            target.Name);
}
