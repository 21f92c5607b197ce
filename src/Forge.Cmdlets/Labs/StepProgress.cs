using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Lab.Machines;

namespace Forge.Cmdlets.Labs;

/// <summary>Shows the steps of an image build as they come, in their order.</summary>
/// <param name="sink">Where to write.</param>
/// <param name="lab">Name of the lab.</param>
internal sealed class StepProgress(ICmdletSink sink, string lab) : IProgress<LabProgress>
{
    public void Report(LabProgress value) =>
        sink.Progress(new ProgressRecord(1, $"lab {lab}", value.Took is { } took ? $"{value.Step} ({took.TotalSeconds:0.0} s)" : value.Step));
}
