using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Samples;

[Cmdlet(VerbsDiagnostic.Test, "SampleSubject")]
public sealed class TestSampleSubjectCommand : ForgeCmdlet
{
    [Parameter(Position = 0)]
    public string Target { get; set; } = "";

    [Parameter(ValueFromPipeline = true)]
    public SampleFinding? Finding { get; set; }

    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
        => sink.WriteAsync($"{Target} {(Finding is null ? "alone" : $"with {Finding.Id}")}".Trim()).AsTask();
}
