using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;

namespace Forge.Samples;

[Cmdlet(VerbsDiagnostic.Test, "SampleError")]
public sealed class TestSampleErrorCommand : ForgeCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string Kind { get; set; } = "";

    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        await Task.Yield();
        switch (Kind)
        {
            case "item":
                await sink.WriteErrorAsync(new ForgeException("TargetUnreachable", ForgeErrorKind.Unreachable, "web01 did not answer.", "Check the network.", "web01"));
                await sink.WriteAsync("went on");
                return;
            case "object":
                throw new ForgeException("FindingGone", ForgeErrorKind.NotFound, "There is no such finding.", null, "rule1");
            case "input":
                throw new ForgeException("SkillBad", ForgeErrorKind.BadInput, "skill.yaml, line 3, key order: unknown value.", "Correct it.", "skill.yaml");
            case "defect":
                throw new InvalidOperationException("a defect");
            default:
                await sink.WriteWarningAsync("nothing to do");
                await sink.WriteDebugAsync("how it was done");
                return;
        }
    }
}
