using System.Management.Automation;
using System.Threading.Channels;

namespace Forge.Cmdlets.Hosting;

/// <summary>The writing end of the queue between a command's task and its pipeline thread.</summary>
/// <param name="queue">The bounded queue.</param>
/// <param name="progress">Holds the newest progress of each activity.</param>
/// <param name="graceEnded">Cancelled when the grace period has run out.</param>
internal sealed class CmdletSink(ChannelWriter<SinkMessage> queue, ProgressGate progress, CancellationToken graceEnded) : ICmdletSink
{
    public CancellationToken GraceEnded => graceEnded;

    public ValueTask WriteAsync(object? value, bool enumerateCollection = false) => Post(cmdlet => cmdlet.WriteObject(value, enumerateCollection));

    public ValueTask WriteErrorAsync(ErrorRecord record) => Post(cmdlet => cmdlet.WriteError(record));

    public ValueTask WriteErrorAsync(Exception exception, object? subject = null) => WriteErrorAsync(ErrorMapping.ToRecord(exception, subject));

    public ValueTask WriteWarningAsync(string text) => Post(cmdlet => cmdlet.WriteWarning(text));

    public ValueTask WriteVerboseAsync(string text) => Post(cmdlet => cmdlet.WriteVerbose(text));

    public ValueTask WriteDebugAsync(string text) => Post(cmdlet => cmdlet.WriteDebug(text));

    public void Progress(ProgressRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (progress.Offer(record))
        {
            // A full queue is no loss: the pipeline thread looks at the gate after each message.
            queue.TryWrite(new SinkMessage(progress.Flush));
        }
    }

    public Task<bool> ShouldProcessAsync(string description, string question, string caption)
        => OnPipelineThreadAsync(cmdlet => cmdlet.ShouldProcess(description, question, caption));

    public Task<bool> ShouldProcessAsync(string target, string action) => OnPipelineThreadAsync(cmdlet => cmdlet.ShouldProcess(target, action));

    public Task<bool> ShouldContinueAsync(string query, string caption) => OnPipelineThreadAsync(cmdlet => cmdlet.ShouldContinue(query, caption));

    public async Task<T> OnPipelineThreadAsync<T>(Func<Cmdlet, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Post(
            cmdlet =>
            {
                try
                {
                    answer.SetResult(work(cmdlet));
                }
                catch
                {
                    // The pipeline thread keeps its exception (it may be the engine's own way to stop); whoever waits only learns that it is over.
                    answer.TrySetCanceled();
                    throw;
                }
            },
            () => answer.TrySetCanceled()).ConfigureAwait(false);
        return await answer.Task.ConfigureAwait(false);
    }

    private ValueTask Post(Action<Cmdlet> apply, Action? abandon = null) => queue.WriteAsync(new SinkMessage(apply, abandon));
}
