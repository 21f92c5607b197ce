using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Samples;

[Cmdlet(VerbsCommon.Get, "SampleFinding", DefaultParameterSetName = "Target")]
[OutputType(typeof(SampleFinding))]
public sealed class GetSampleFindingCommand : ForgeCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Target", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name of a target.")]
    [Alias("HostName", "Name")]
    [ValidateNotNullOrEmpty]
    public string[] Target { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "File", HelpMessage = "A results file.")]
    public string ResultPath { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SampleSeverity Severity { get; set; } = SampleSeverity.Medium;

    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    [Parameter]
    [Duration]
    public TimeSpan Budget { get; set; }

    [Parameter]
    public SwitchParameter Fast { get; set; }

    [Parameter]
    public SwitchParameter Finished { get; set; }

    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (string target in Target.DefaultIfEmpty(ResultPath))
        {
            await sink.WriteVerboseAsync($"looking at {target}");
            for (int i = 0; i < Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await sink.WriteAsync(new SampleFinding
                {
                    Id = $"rule{i}{(Fast ? "_fast" : "")}",
                    Target = target,
                    Severity = Severity,
                    Took = Budget,
                    FoundAt = DateTimeOffset.UnixEpoch,
                    References = [ParameterSetName],
                });
            }
        }
    }
}
