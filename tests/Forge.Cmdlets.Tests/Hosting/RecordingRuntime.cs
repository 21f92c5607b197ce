using System.Management.Automation;
using Forge.StandIn;

namespace Forge.Cmdlets.Tests.Hosting;

/// <summary>A host that remembers what it was given, and on which thread.</summary>
internal sealed class RecordingRuntime : IHostedRuntime
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    internal List<object?> Objects { get; } = [];

    internal List<ErrorRecord> Errors { get; } = [];

    internal List<ProgressRecord> Progress { get; } = [];

    internal List<string> Texts { get; } = [];

    internal Action<object?> OnObject { get; init; } = _ => { };

    internal Action<ProgressRecord> OnProgress { get; init; } = _ => { };

    internal bool Answer { get; init; } = true;

    public string ParameterSetName => ParameterAttribute.AllParameterSets;

    public InvocationInfo Invocation => throw new NotSupportedException();

    public void WriteObject(object? sendToPipeline)
    {
        OnlyOnPipelineThread();
        OnObject(sendToPipeline);
        Objects.Add(sendToPipeline);
    }

    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => WriteObject(sendToPipeline);

    public void WriteError(ErrorRecord errorRecord)
    {
        OnlyOnPipelineThread();
        Errors.Add(errorRecord);
    }

    public void WriteProgress(ProgressRecord progressRecord)
    {
        OnlyOnPipelineThread();
        Progress.Add(progressRecord);
        OnProgress(progressRecord);
    }

    public void WriteProgress(long sourceId, ProgressRecord progressRecord) => WriteProgress(progressRecord);

    public void WriteDebug(string text) => Say(text);

    public void WriteVerbose(string text) => Say(text);

    public void WriteWarning(string text) => Say(text);

    public void WriteCommandDetail(string text) => Say(text);

    public void WriteInformation(InformationRecord informationRecord) => Say(informationRecord.ToString());

    public bool ShouldProcess(string? target) => Ask(target);

    public bool ShouldProcess(string? target, string? action) => Ask(target);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption) => Ask(verboseDescription);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason)
    {
        shouldProcessReason = ShouldProcessReason.None;
        return Ask(verboseDescription);
    }

    public bool ShouldContinue(string? query, string? caption) => Ask(query);

    public bool ShouldContinue(string? query, string? caption, ref bool yesToAll, ref bool noToAll) => Ask(query);

    public bool ShouldContinue(string? query, string? caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll) => Ask(query);

    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        OnlyOnPipelineThread();
        throw HostedCommand.Terminate(errorRecord);
    }

    private bool Ask(string? question)
    {
        Say(question ?? "");
        return Answer;
    }

    private void Say(string text)
    {
        OnlyOnPipelineThread();
        Texts.Add(text);
    }

    private void OnlyOnPipelineThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("The pipeline was written to from another thread.");
        }
    }
}
