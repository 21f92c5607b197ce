using Forge.Core.Actions;
using Forge.Core.Checkpoints;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Keeps one rolling checkpoint from outside: the new one exists before the old one is dropped.</summary>
/// <param name="context">The run on the target.</param>
public sealed class CheckpointKeeper(TargetContext context)
{
    /// <summary>
    /// A checkpoint younger than this covers a further dangerous change; what a revert would lose is done again. About the square root of twice a checkpoint's cost (2 s)
    /// times the time between two reverts (half an hour), where both together cost least (Young, 1974).
    /// </summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(90);

    private int _taken;

    /// <summary>Takes a checkpoint where the class of the coming action asks for one and the last is too old.</summary>
    public async Task EnsureAsync(ActionRisk risk, CancellationToken cancellationToken)
    {
        if (context.Checkpoints is null || risk < ActionRisk.LockoutCapable)
        {
            return;
        }

        var last = context.Ledger.Checkpoint;
        if (last is null || context.Scribe.Now - last.TakenAt > GoodFor)
        {
            await TakeAsync(cancellationToken);
        }
    }

    /// <summary>Takes a checkpoint now and drops the one before.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (context.Checkpoints is not { } provider)
        {
            return;
        }

        var previous = context.Ledger.Checkpoint;
        var start = context.Scribe.Start();
        var name = $"run-{context.Scribe.RunId[^4..]}-{context.Scribe.Now:HHmmss}-{_taken++}";
        var taken = await provider.TakeAsync(name, cancellationToken);
        await context.Scribe.WriteAsync(new CheckpointTaken(taken, context.Scribe.SecondsSince(start)), null, true, cancellationToken);
        context.HealthyAtCheckpoint = context.Healthy;
        if (previous is not null)
        {
            await DropAsync(provider, previous, cancellationToken);
        }
    }

    /// <summary>Takes the target back and proves that it is usable. Items fixed since the checkpoint are queued again.</summary>
    /// <returns>False where there is no checkpoint.</returns>
    /// <exception cref="ForgeException">The target could not be taken back or is not usable after it.</exception>
    public async Task<bool> RevertAsync(string reason, CancellationToken cancellationToken)
    {
        if (context.Checkpoints is not { } provider || context.Ledger.Checkpoint is not { } checkpoint)
        {
            return false;
        }

        var start = context.Scribe.Start();
        await context.Link.ResetAsync();
        await provider.RevertAsync(checkpoint, cancellationToken);
        context.Healthy = context.HealthyAtCheckpoint ?? context.Healthy;
        var lost = context.Ledger.Items
            .Where(i => i.State is ItemState.Remediated or ItemState.Deferred && i.Kept.Any(k => k.Sequence > context.Ledger.CheckpointSequence))
            .Select(i => i.Finding.Id).ToList();
        await context.Scribe.WriteAsync(new CheckpointReverted(checkpoint.Id, reason, lost, context.Scribe.SecondsSince(start)), null, true, cancellationToken);
        await RejoinAsync(cancellationToken);
        return true;
    }

    private async Task RejoinAsync(CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        var host = await context.Link.HostAsync(cancellationToken);
        var epoch = await host.ClaimAsync(context.Epoch, context.Scribe.RunId, cancellationToken);
        var facts = await context.Ports.Inspector.ReadFactsAsync(await context.Link.VerifierAsync(cancellationToken), cancellationToken);
        context.RenewSession(facts);
        await context.Scribe.WriteAsync(new TargetConnected(facts, epoch, context.Checkpoints!.Kind, context.Scribe.SecondsSince(start)), null, false, cancellationToken);
    }

    /// <summary>Drops the rolling checkpoint at the end of a run.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        if (context.Checkpoints is { } provider && context.Ledger.Checkpoint is { } last)
        {
            await DropAsync(provider, last, cancellationToken);
        }
    }

    private async Task DropAsync(ICheckpointProvider provider, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        await provider.DropAsync(checkpoint, cancellationToken);
        await context.Scribe.WriteAsync(new CheckpointDropped(checkpoint.Id, context.Scribe.SecondsSince(start)), null, false, cancellationToken);
    }
}
