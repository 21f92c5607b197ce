using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Base of a command; everything that it writes goes to <see cref="CommandRuntime"/>.</summary>
public abstract class Cmdlet : InternalCommand
{
    private ICommandRuntime? _runtime;

    protected Cmdlet()
    {
    }

    public ICommandRuntime CommandRuntime
    {
        get => _runtime ?? throw new InvalidOperationException($"{GetType().Name} runs under no host: set CommandRuntime first.");
        set => _runtime = value;
    }

    public bool Stopping { get; private set; }

    public void WriteObject(object? sendToPipeline) => CommandRuntime.WriteObject(sendToPipeline);

    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => CommandRuntime.WriteObject(sendToPipeline, enumerateCollection);

    public void WriteError(ErrorRecord errorRecord)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        errorRecord.SetCommand(this);
        CommandRuntime.WriteError(errorRecord);
    }

    public void WriteProgress(ProgressRecord progressRecord) => CommandRuntime.WriteProgress(progressRecord);

    public void WriteVerbose(string text) => CommandRuntime.WriteVerbose(text);

    public void WriteDebug(string text) => CommandRuntime.WriteDebug(text);

    public void WriteWarning(string text) => CommandRuntime.WriteWarning(text);

    public void WriteCommandDetail(string text) => CommandRuntime.WriteCommandDetail(text);

    public void WriteInformation(object messageData, string[] tags)
    {
        var record = new InformationRecord(messageData, GetType().FullName ?? GetType().Name);
        record.Tags.AddRange(tags ?? []);
        WriteInformation(record);
    }

    public void WriteInformation(InformationRecord informationRecord) => (CommandRuntime as ICommandRuntime2)?.WriteInformation(informationRecord);

    public bool ShouldProcess(string? target) => CommandRuntime.ShouldProcess(target);

    public bool ShouldProcess(string? target, string? action) => CommandRuntime.ShouldProcess(target, action);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption)
        => CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason)
        => CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption, out shouldProcessReason);

    public bool ShouldContinue(string? query, string? caption) => CommandRuntime.ShouldContinue(query, caption);

    public bool ShouldContinue(string? query, string? caption, ref bool yesToAll, ref bool noToAll)
        => CommandRuntime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    [Diagnostics.CodeAnalysis.DoesNotReturn]
    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        errorRecord.SetCommand(this);
        CommandRuntime.ThrowTerminatingError(errorRecord);
        throw new InvalidOperationException("The host returned from ThrowTerminatingError.");
    }

    protected virtual void BeginProcessing()
    {
    }

    protected virtual void ProcessRecord()
    {
    }

    protected virtual void EndProcessing()
    {
    }

    protected virtual void StopProcessing()
    {
    }

    internal void DoBeginProcessing() => BeginProcessing();

    internal void DoProcessRecord() => ProcessRecord();

    internal void DoEndProcessing() => EndProcessing();

    internal void DoStopProcessing()
    {
        Stopping = true;
        StopProcessing();
    }
}
