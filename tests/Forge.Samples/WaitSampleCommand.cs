using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Samples;

[Cmdlet(VerbsLifecycle.Wait, "Sample")]
public sealed class WaitSampleCommand : ForgeCmdlet
{
    public static readonly SemaphoreSlim Started = new(0);

    private static int s_running;

    private static int s_rolledBack;

    public static int Running => Volatile.Read(ref s_running);

    public static int RolledBack => Volatile.Read(ref s_rolledBack);

    [Parameter]
    public SwitchParameter Stubborn { get; set; }

    protected override TimeSpan GracePeriod => TimeSpan.FromMilliseconds(300);

    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref s_running);
        try
        {
            await sink.WriteAsync("started");
            Started.Release();
            await Task.Delay(Timeout.Infinite, Stubborn ? sink.GraceEnded : cancellationToken);
        }
        finally
        {
            await sink.WriteVerboseAsync("rolling back");
            Interlocked.Increment(ref s_rolledBack);
            Interlocked.Decrement(ref s_running);
        }
    }
}
