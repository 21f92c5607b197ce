using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Takes a checkpoint of labs.</summary>
/// <example>
/// <para>Takes a checkpoint of a lab before something is tried on it.</para>
/// <code>Checkpoint-ForgeLab practice clean</code>
/// </example>
/// <example>
/// <para>Takes one of every lab that runs.</para>
/// <code>Get-ForgeLab | Where-Object State -eq Running | Checkpoint-ForgeLab -CheckpointName nightly</code>
/// </example>
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
