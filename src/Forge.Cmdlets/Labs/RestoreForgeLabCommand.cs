using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Takes labs back to a checkpoint.</summary>
/// <example>
/// <para>Takes a lab back to a checkpoint.</para>
/// <code>Restore-ForgeLab practice clean</code>
/// </example>
/// <example>
/// <para>Takes all labs back to the same one.</para>
/// <code>Get-ForgeLab | Restore-ForgeLab -CheckpointName nightly -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsData.Restore, "ForgeLab", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LabMachine))]
public sealed class RestoreForgeLabCommand : LabCmdlet
{
    /// <summary>Name of the checkpoint; default the newest.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of the checkpoint; default the newest.")]
    public string? CheckpointName { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            var checkpoint = CheckpointName ?? (await Labs.ListCheckpointsAsync(name, cancellationToken)).MaxBy(c => c.TakenAt)?.Name ?? throw new ForgeException(
                "CheckpointNotFound", ForgeErrorKind.NotFound, $"Lab {name} has no checkpoint.", $"Checkpoint-ForgeLab {name} takes one.", name);
            if (await sink.ShouldProcessAsync(name, $"take back to checkpoint {checkpoint}; everything since is lost"))
            {
                await sink.WriteAsync(await Labs.RestoreAsync(name, checkpoint, cancellationToken));
            }
        }
    }
}
