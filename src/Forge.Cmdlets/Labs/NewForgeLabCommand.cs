using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Composition;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Makes a throw-away machine to rehearse on. The first one of a distribution builds its image.</summary>
/// <example>
/// <para>Makes a machine to practise on and starts it.</para>
/// <code>New-ForgeLab practice -Distribution debian12 | Start-ForgeLab</code>
/// </example>
/// <example>
/// <para>Makes one with its own kernel and boot loader.</para>
/// <code>New-ForgeLab whole -Backend Qemu -MemoryMiB 2048</code>
/// </example>
[Cmdlet(VerbsCommon.New, "ForgeLab", SupportsShouldProcess = true)]
[OutputType(typeof(LabMachine))]
public sealed class NewForgeLabCommand : ForgeCmdlet
{
    /// <summary>Name: letters, digits, dashes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name: letters, digits, dashes.")]
    public string[] Name { get; set; } = [];

    /// <summary>Recipe of the image.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Recipe of the image, a folder under lab/.")]
    public string Distribution { get; set; } = "debian12";

    /// <summary>Backend; default what works here and what the work needs.</summary>
    [Parameter(HelpMessage = "Nspawn (quick: content, packages, services; needs root) or Qemu (its own kernel and boots); default what works here.")]
    public LabBackendKind? Backend { get; set; }

    /// <summary>What the machine is for.</summary>
    [Parameter(HelpMessage = "What it is for; decides the backend where none is given.")]
    public LabPurpose Purpose { get; set; } = LabPurpose.Hardening;

    /// <summary>Memory in MiB, 256 to 65536 (QEMU).</summary>
    [Parameter(HelpMessage = "Memory in MiB (QEMU).")]
    [ValidateRange(256, 65536)]
    public int MemoryMiB { get; set; } = 1536;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in Name)
        {
            if (await sink.ShouldProcessAsync(name, $"make a {Distribution} lab"))
            {
                var request = new NewLabRequest(name) { Distribution = Distribution, Backend = Backend, Purpose = Purpose, MemoryMiB = MemoryMiB };
                var progress = new StepProgress(sink, name);
                var lab = await ForgeServices.Current.Labs.NewAsync(request, progress, cancellationToken);
                await sink.WriteVerboseAsync($"{name}: {lab.Backend}, {lab.Accelerator}: {lab.Reason}");
                await sink.WriteAsync(lab);
            }
        }
    }
}
