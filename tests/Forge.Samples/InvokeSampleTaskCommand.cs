using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Samples;

[Cmdlet(VerbsLifecycle.Invoke, "SampleTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SampleResult))]
public sealed class InvokeSampleTaskCommand : ForgeCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "What to put right.")]
    public SampleFinding Finding { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Note { get; set; }

    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (!await sink.ShouldProcessAsync($"{Finding.Target} · {Finding.Id}", $"Fix {Finding.Id} on {Finding.Target}?", "Fix"))
        {
            return;
        }

        await sink.WriteAsync(new SampleResult(Finding.Id, $"remediated {Finding.Severity} {Finding.Took} {Note}".Trim(), 1.25));
        SetOutcome(Finding.Id == "parked" ? ForgeOutcome.Parked : Finding.Id == "left" ? ForgeOutcome.ItemsLeft : ForgeOutcome.Holds);
    }
}
