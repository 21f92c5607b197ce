using System.Collections;
using System.Management.Automation;
using Forge.Host.Binding;
using Forge.Host.Output;
using Forge.Host.Terminal;
using Forge.StandIn;

namespace Forge.Host.Runtime;

/// <summary>The seam between one command and the console: streams, preferences, confirmation.</summary>
/// <param name="bound">The command with its arguments.</param>
/// <param name="screen">Where text goes.</param>
/// <param name="output">Where objects go.</param>
/// <param name="confirmation">Decides about changes.</param>
/// <param name="invocation">How the command was called.</param>
internal sealed class HostedRuntime(BoundCommand bound, Screen screen, IObjectWriter output, Confirmation confirmation, InvocationInfo invocation)
    : IHostedRuntime
{
    private volatile bool _isStopped;

    /// <inheritdoc/>
    public string ParameterSetName { get; internal set; } = ParameterAttribute.AllParameterSets;

    /// <inheritdoc/>
    public InvocationInfo Invocation => invocation;

    /// <summary>How many errors were written that did not end the command.</summary>
    internal int ErrorCount { get; private set; }

    /// <summary>How many of them were about what the user gave.</summary>
    internal int BadInputCount { get; private set; }

    /// <summary>From now on every write ends the command.</summary>
    internal void Stop() => _isStopped = true;

    /// <inheritdoc/>
    public void WriteObject(object? sendToPipeline)
    {
        ThrowIfStopped();
        output.Write(sendToPipeline);
    }

    /// <inheritdoc/>
    public void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        if (!enumerateCollection || sendToPipeline is string or IDictionary || sendToPipeline is not IEnumerable list)
        {
            WriteObject(sendToPipeline);
            return;
        }

        foreach (object? element in list)
        {
            WriteObject(element);
        }
    }

    /// <inheritdoc/>
    public void WriteError(ErrorRecord errorRecord)
    {
        ThrowIfStopped();
        ErrorCount++;
        BadInputCount += errorRecord.CategoryInfo.Category == ErrorCategory.InvalidArgument ? 1 : 0;
        switch (bound.Common.ErrorAction)
        {
            case ActionPreference.Stop:
                throw HostedCommand.StopBecauseOf(errorRecord);
            case ActionPreference.SilentlyContinue or ActionPreference.Ignore:
                return;
            default:
                ErrorText.Write(screen, errorRecord, bound.Command.Name, bound.Common.Debug);
                return;
        }
    }

    /// <inheritdoc/>
    public void WriteWarning(string text)
    {
        ThrowIfStopped();
        if (bound.Common.WarningAction == ActionPreference.Continue)
        {
            screen.WriteError($"WARNING: {text}", TextColour.Yellow);
        }
        else if (bound.Common.WarningAction == ActionPreference.Stop)
        {
            var exception = new RuntimeException($"Ended because of the warning \"{text}\" (-WarningAction Stop).");
            throw HostedCommand.StopBecauseOf(new ErrorRecord(exception, "ActionPreferenceStop", ErrorCategory.OperationStopped, null));
        }
    }

    /// <inheritdoc/>
    public void WriteVerbose(string text)
    {
        ThrowIfStopped();
        if (bound.Common.Verbose)
        {
            screen.WriteError($"VERBOSE: {text}", TextColour.Grey);
        }
    }

    /// <inheritdoc/>
    public void WriteDebug(string text)
    {
        ThrowIfStopped();
        if (bound.Common.Debug)
        {
            screen.WriteError($"DEBUG: {text}", TextColour.Grey);
        }
    }

    /// <inheritdoc/>
    public void WriteInformation(InformationRecord informationRecord)
    {
        ThrowIfStopped();
        if (bound.Common.InformationAction == ActionPreference.Continue || informationRecord.Tags.Contains("PSHOST"))
        {
            screen.WriteError(informationRecord.ToString());
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord progressRecord)
    {
        ThrowIfStopped();
        if (bound.Common.ProgressAction == ActionPreference.Continue)
        {
            screen.ShowProgress(progressRecord);
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(long sourceId, ProgressRecord progressRecord) => WriteProgress(progressRecord);

    /// <inheritdoc/>
    public void WriteCommandDetail(string text) => WriteDebug(text);

    /// <inheritdoc/>
    public bool ShouldProcess(string? target) => ShouldProcess(target, bound.Command.Name);

    /// <inheritdoc/>
    public bool ShouldProcess(string? target, string? action)
    {
        string description = $"Performing the operation \"{action}\" on target \"{target}\".";
        return ShouldProcess(description, $"Are you sure you want to perform this action?\n{description}", "Confirm");
    }

    /// <inheritdoc/>
    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption)
        => ShouldProcess(verboseDescription, verboseWarning, caption, out _);

    /// <inheritdoc/>
    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason)
    {
        ThrowIfStopped();
        string description = verboseDescription ?? "";
        return confirmation.MayChange(description, verboseWarning ?? description, caption ?? "Confirm", out shouldProcessReason);
    }

    /// <inheritdoc/>
    public bool ShouldContinue(string? query, string? caption)
    {
        bool yesToAll = false;
        bool noToAll = false;
        return ShouldContinue(query, caption, ref yesToAll, ref noToAll);
    }

    /// <inheritdoc/>
    public bool ShouldContinue(string? query, string? caption, ref bool yesToAll, ref bool noToAll)
    {
        ThrowIfStopped();
        return confirmation.MayContinue(query ?? "", caption ?? "Confirm", ref yesToAll, ref noToAll);
    }

    /// <inheritdoc/>
    public bool ShouldContinue(string? query, string? caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
        => ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    /// <inheritdoc/>
    public void ThrowTerminatingError(ErrorRecord errorRecord) => throw HostedCommand.Terminate(errorRecord);

    private void ThrowIfStopped()
    {
        if (_isStopped)
        {
            throw new PipelineStoppedException();
        }
    }
}
