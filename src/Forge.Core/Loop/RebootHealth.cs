using Forge.Core.Journal;
using Forge.Core.Probing;

namespace Forge.Core.Loop;

/// <summary>After a reboot: what ran before must run again, given a little time to come up.</summary>
/// <param name="context">The run on the target.</param>
internal sealed class RebootHealth(TargetContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private readonly HealthProbe _probe = new(context.Ports.Connector);

    /// <summary>Probes until healthy or out of patience; then the run stops for the target after the scan of this round.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        var health = await _probe.ProbeAsync(context.Target, context.Healthy, [], cancellationToken);
        while (!health.Healthy && context.Scribe.SecondsSince(start) < Patience.TotalSeconds)
        {
            await Task.Delay(Pause, context.Ports.Clock, cancellationToken);
            health = await _probe.ProbeAsync(context.Target, context.Healthy, [], cancellationToken);
        }

        await context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, context.Scribe.SecondsSince(start)), null, false, cancellationToken);
        if (health.Healthy)
        {
            context.Healthy = health.Snapshot;
        }
        else
        {
            var reason = $"after the reboot: {string.Join("; ", health.Faults)}";
            await context.Scribe.WriteAsync(new TargetParked(reason, health.Fingerprint), null, true, cancellationToken);
        }
    }
}
