using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Probing;

namespace Forge.Core.Loop;

/// <summary>Looks at a machine from outside after changes: the probe through a new login and the verification through the verifier's connection, side by side.</summary>
/// <param name="context">The run on the target.</param>
public sealed class Examiner(TargetContext context)
{
    private readonly HealthProbe _probe = new(context.Ports.Connector);
    private readonly Verification _verification = new(context);

    /// <summary>Begins to check some items while other changes are still made. Not cancelled.</summary>
    public EarlyCheck Begin(IReadOnlyList<string> itemIds) => new(itemIds, _verification.CheckAsync(itemIds, CancellationToken.None));

    /// <summary>Examines changes that ended by themselves. Not cancelled: what was changed is judged, and kept or taken back.</summary>
    /// <param name="acted">The changes.</param>
    /// <param name="early">Checks of some of them that were begun before; null for none.</param>
    public async Task<Examination> ExamineAsync(IReadOnlyList<Acted> acted, EarlyCheck? early = null)
    {
        var start = context.Scribe.Start();
        var probing = _probe.ProbeAsync(context.Target, context.Healthy, [.. acted.SelectMany(a => a.Draft.Stops)], CancellationToken.None);
        var (results, fault) = await VerifyAsync(acted, early);
        var evaluating = context.Scribe.SecondsSince(start);
        var health = await probing;
        var beyond = Math.Max(0, context.Scribe.SecondsSince(start) - evaluating);
        var item = acted is [var only] ? only.Draft.Id : null;
        await context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, beyond), item, false, CancellationToken.None);
        return new Examination(health, results, fault);
    }

    private async Task<(IReadOnlyDictionary<string, VerificationResult>? Results, string Fault)> VerifyAsync(IReadOnlyList<Acted> acted, EarlyCheck? early)
    {
        try
        {
            return (await _verification.RunAsync(acted, early, CancellationToken.None), "");
        }
        catch (ForgeException e)
        {
            // The changes are taken back by the caller, and the fault is their reason; three in a row trip the breaker. Nothing may still read then.
            await (early?.AbandonAsync() ?? Task.CompletedTask);
            return (null, e.Message);
        }
    }
}
