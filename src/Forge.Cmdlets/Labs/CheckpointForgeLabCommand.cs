using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Takes a checkpoint of labs.</summary>
[Cmdlet(VerbsData.Checkpoint, "ForgeLab", SupportsShouldProcess = true)]
[OutputType(typeof(LabCheckpoint))]
public sealed class CheckpointForgeLabCommand : LabCmdlet
{
    /// <summary>Name of the checkpoint.</summary>
    [Parameter(Position = 1, HelpMessage = "Name of the checkpoint: letters, digits, dashes; default the time.")]
    public string? CheckpointName { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            var checkpoint = CheckpointName ?? $"manual-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmss}";
            if (await sink.ShouldProcessAsync(name, $"take checkpoint {checkpoint}"))
            {
                await sink.WriteAsync(await Labs.CheckpointAsync(name, checkpoint, cancellationToken));
            }
        }
    }
}
