using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Hosting;

/// <summary>
/// The one base of Forge's commands. The work is asynchronous and runs on the thread pool; what it writes to its <see cref="ICmdletSink"/> is
/// carried out on the pipeline thread. Ctrl+C cancels the token, lets the current step finish or roll back, cancels
/// <see cref="ICmdletSink.GraceEnded"/> after <see cref="GracePeriod"/> and returns only when the task has ended.
/// </summary>
/// <remarks>
/// A <see cref="ForgeException"/> out of <see cref="ProcessAsync"/> fails that input object alone; out of <see cref="BeginAsync"/> or
/// <see cref="EndAsync"/> it ends the command. Any other exception ends the command with the id <see cref="ErrorMapping.UnexpectedId"/>.
/// </remarks>
public abstract class ForgeCmdlet : PSCmdlet, IForgeOutcome, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _graceEnded = new();
    private readonly ProgressGate _progress = new();
    private bool _stopRequested;

    /// <summary>How the command ended so far.</summary>
    public ForgeOutcome Outcome { get; private set; } = ForgeOutcome.Holds;

    /// <summary>How long a step may take to finish or roll back after Ctrl+C. Default 30 s.</summary>
    protected virtual TimeSpan GracePeriod => TimeSpan.FromSeconds(30);

    /// <summary>Whether only a plan is wanted: <c>-WhatIf</c>, or PowerShell's <c>$WhatIfPreference</c>. For commands whose work without any change is of its own kind.</summary>
    protected bool IsDryRun => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true } or true
        : GetVariableValue("WhatIfPreference") is SwitchParameter { IsPresent: true } or true;

    /// <summary>Releases what the command holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Before the first input object.</summary>
    /// <param name="sink">Where to write.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C, or when nobody takes the output any more.</param>
    /// <returns>The work.</returns>
    protected virtual Task BeginAsync(ICmdletSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For each input object, or once without one; the parameters are bound to it.</summary>
    /// <param name="sink">Where to write.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C, or when nobody takes the output any more.</param>
    /// <returns>The work.</returns>
    protected virtual Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the last input object; the place of work that needs them all, for example side by side under a throttle.</summary>
    /// <param name="sink">Where to write.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C, or when nobody takes the output any more.</param>
    /// <returns>The work.</returns>
    protected virtual Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Says how the command ended. The gravest wins: Failed, TargetLost, Parked, ItemsLeft, Holds; BadInput is above all.</summary>
    /// <param name="outcome">How.</param>
    protected void SetOutcome(ForgeOutcome outcome)
    {
        if (Gravity(outcome) > Gravity(Outcome))
        {
            Outcome = outcome;
        }
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(BeginAsync, failsOneObject: false);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync, failsOneObject: true);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Run(EndAsync, failsOneObject: false);
        _progress.Close(this);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        _stopRequested = true;
        _graceEnded.CancelAfter(GracePeriod);
        _stop.Cancel();
    }

    /// <summary>Releases what the command holds.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
            _graceEnded.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The outermost edge: every exception becomes an error record, none is lost.")]
    private void Run(Func<ICmdletSink, CancellationToken, Task> phase, bool failsOneObject)
    {
        var pump = new PipelinePump(this, _progress, _stop, _graceEnded.Token);
        try
        {
            pump.Run(phase);
        }
        catch (OperationCanceledException) when (_stopRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ForgeException exception)
        {
            Fail(ErrorMapping.ToRecord(exception), terminating: !failsOneObject);
        }
        catch (Exception exception) when (!IsOfTheEngine(exception))
        {
            Fail(ErrorMapping.ToRecord(exception), terminating: true);
        }
    }

    private void Fail(ErrorRecord record, bool terminating)
    {
        if (!terminating)
        {
            WriteError(record);
            return;
        }

        _progress.Close(this);
        ThrowTerminatingError(record);
    }

    /// <summary>PowerShell stops pipelines with exceptions of its own, some of them internal; they must reach it untouched.</summary>
    private static bool IsOfTheEngine(Exception exception) => exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    private static int Gravity(ForgeOutcome outcome) => outcome switch
    {
        ForgeOutcome.BadInput => 5,
        ForgeOutcome.Failed => 4,
        ForgeOutcome.TargetLost => 3,
        ForgeOutcome.Parked => 2,
        ForgeOutcome.ItemsLeft => 1,
        _ => 0,
    };
}
