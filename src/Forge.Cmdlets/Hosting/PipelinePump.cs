using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Forge.Cmdlets.Hosting;

/// <summary>
/// Runs one phase of a command as a task and carries out on the calling thread, the pipeline thread, what the task writes. Returns only when
/// the task has ended, whatever happens on either side.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="progress">Its progress.</param>
/// <param name="stop">Cancelled to ask the task to finish its current step.</param>
/// <param name="graceEnded">Cancelled when the grace period has run out.</param>
internal sealed class PipelinePump(Cmdlet cmdlet, ProgressGate progress, CancellationTokenSource stop, CancellationToken graceEnded)
{
    /// <summary>How many messages may wait for the pipeline before the writer does.</summary>
    internal const int Capacity = 32;

    private ExceptionDispatchInfo? _pipelineFailure;

    /// <summary>Runs a phase.</summary>
    /// <param name="phase">The asynchronous part.</param>
    /// <exception cref="Exception">What the pipeline threw while something was written, else what the task threw.</exception>
    internal void Run(Func<ICmdletSink, CancellationToken, Task> phase)
    {
        var queue = Channel.CreateBounded<SinkMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        var sink = new CmdletSink(queue.Writer, progress, graceEnded);
        Task task = Task.Run(async () =>
        {
            try
            {
                await phase(sink, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                queue.Writer.Complete();
            }
        });
        Drain(queue.Reader);
        if (_pipelineFailure is null)
        {
            task.GetAwaiter().GetResult();
            return;
        }

        Wait(task);
        _pipelineFailure.Throw();
    }

    private void Drain(ChannelReader<SinkMessage> queue)
    {
        while (true)
        {
            while (queue.TryRead(out SinkMessage message))
            {
                Carry(message);
            }

            Task<bool> more = queue.WaitToReadAsync().AsTask();
            while (!more.Wait(progress.IsWaiting ? 50 : Timeout.Infinite))
            {
                Carry(new SinkMessage(progress.Flush));
            }

            if (!more.Result)
            {
                return;
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Kept and thrown again once the task has ended, so that nothing is orphaned.")]
    private void Carry(SinkMessage message)
    {
        if (_pipelineFailure is not null)
        {
            message.Abandon?.Invoke();
            return;
        }

        try
        {
            message.Apply(cmdlet);
            progress.Flush(cmdlet);
        }
        catch (Exception exception)
        {
            _pipelineFailure = ExceptionDispatchInfo.Capture(exception);
            stop.Cancel();
        }
    }

    /// <summary>The pipeline is gone: what the task still throws cannot be shown, so it travels with the pipeline's own exception.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Recorded in the exception that is thrown next.")]
    private void Wait(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Asked for by stop.
        }
        catch (Exception exception)
        {
            _pipelineFailure!.SourceException.Data["Forge.AlsoFailed"] = exception;
        }
    }
}
