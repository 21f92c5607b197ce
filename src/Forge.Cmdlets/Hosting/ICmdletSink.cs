using System.Management.Automation;

namespace Forge.Cmdlets.Hosting;

/// <summary>
/// Where the asynchronous part of a command writes. Each call is carried out on the pipeline thread, in order; a slow pipeline slows the
/// writer down. After the pipeline has stopped, what is written is dropped and questions are cancelled.
/// </summary>
public interface ICmdletSink
{
    /// <summary>Cancelled when the grace period after a stop has run out: whatever still runs must end at once.</summary>
    CancellationToken GraceEnded { get; }

    /// <summary>Writes an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="enumerateCollection">Whether a collection is written element by element.</param>
    /// <returns>Done when there is room for it in the queue to the pipeline.</returns>
    ValueTask WriteAsync(object? value, bool enumerateCollection = false);

    /// <summary>Writes an error that does not end the command: one host or item failed and the rest goes on.</summary>
    /// <param name="record">The error.</param>
    /// <returns>Done when it is queued.</returns>
    ValueTask WriteErrorAsync(ErrorRecord record);

    /// <summary>Writes an error that does not end the command, with the id and category of a <see cref="Forge.Core.Errors.ForgeException"/>.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="subject">What it happened to; null takes the exception's own subject.</param>
    /// <returns>Done when it is queued.</returns>
    ValueTask WriteErrorAsync(Exception exception, object? subject = null);

    /// <summary>Says that something unexpected happened which does not fail the command.</summary>
    /// <param name="text">One sentence.</param>
    /// <returns>Done when it is queued.</returns>
    ValueTask WriteWarningAsync(string text);

    /// <summary>Says what is being done.</summary>
    /// <param name="text">One sentence.</param>
    /// <returns>Done when it is queued.</returns>
    ValueTask WriteVerboseAsync(string text);

    /// <summary>Says how it is being done.</summary>
    /// <param name="text">One sentence.</param>
    /// <returns>Done when it is queued.</returns>
    ValueTask WriteDebugAsync(string text);

    /// <summary>
    /// Says how far it is; never waits. Per activity only the newest record counts and at most ten a second are shown; an activity that is
    /// still open when the command ends is completed by the base class.
    /// </summary>
    /// <param name="record">The record; do not change it afterwards.</param>
    void Progress(ProgressRecord record);

    /// <summary>Asks whether a change may be made (<c>-WhatIf</c>, <c>-Confirm</c>).</summary>
    /// <param name="description">The exact change with the host and the item; shown by <c>-WhatIf</c> and <c>-Verbose</c>.</param>
    /// <param name="question">The question that <c>-Confirm</c> asks.</param>
    /// <param name="caption">A short heading of the question.</param>
    /// <returns>True if it may.</returns>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    Task<bool> ShouldProcessAsync(string description, string question, string caption);

    /// <summary>Asks whether a change may be made, in PowerShell's own words.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <returns>True if it may.</returns>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Asks a question that <c>-Confirm:$false</c> does not answer.</summary>
    /// <param name="query">The question.</param>
    /// <param name="caption">A short heading.</param>
    /// <returns>True for yes.</returns>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    Task<bool> ShouldContinueAsync(string query, string caption);

    /// <summary>Runs anything else on the pipeline thread, for example what needs the session state.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="work">Short work.</param>
    /// <returns>What the work returned.</returns>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    Task<T> OnPipelineThreadAsync<T>(Func<Cmdlet, T> work);
}
