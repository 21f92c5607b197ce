using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Targets;

/// <summary>Takes a target back to a checkpoint, from outside.</summary>
/// <example>
/// <para>Takes the machine behind a target back, from outside.</para>
/// <code>Restore-ForgeTarget practice before-patches</code>
/// </example>
/// <example>
/// <para>Shows what would be taken back.</para>
/// <code>Restore-ForgeTarget practice before-patches -WhatIf</code>
/// </example>
[Cmdlet(VerbsData.Restore, "ForgeTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(TargetCheckpoint))]
public sealed class RestoreForgeTargetCommand : TargetCmdlet
{
    /// <summary>Name of the checkpoint; default the newest.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of the checkpoint; default the newest.")]
    public string? CheckpointName { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var target in ResolveTargets())
        {
            var provider = await CheckpointForgeTargetCommand.ProviderOfAsync(target, cancellationToken);
            var all = await provider.ListAsync(cancellationToken);
            var checkpoint = all.Where(c => CheckpointName is null || c.Id == CheckpointName).MaxBy(c => c.TakenAt) ?? throw new ForgeException(
                "CheckpointNotFound",
                ForgeErrorKind.NotFound,
                $"{target.Name} has no checkpoint '{CheckpointName ?? "at all"}'.",
                all.Count == 0 ? "Checkpoint-ForgeTarget takes one." : $"There are {string.Join(", ", all.Select(c => c.Id))}.",
                target.Name);
            if (await sink.ShouldProcessAsync(target.Name, $"take back to checkpoint {checkpoint.Id} of {checkpoint.TakenAt:u}; everything since is lost"))
            {
                await provider.RevertAsync(checkpoint, cancellationToken);
                await sink.WriteAsync(new TargetCheckpoint(target.Name, checkpoint.Id, checkpoint.Kind, checkpoint.TakenAt));
            }
        }
    }
}
