using Forge.Core.Journal;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>Leaves a target as tidy as it was.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="keeper">Outside checkpoints.</param>
internal sealed class Departure(TargetContext context, CheckpointKeeper keeper)
{
    /// <summary>At the end of a run: drops the checkpoint, the undo data of what is kept, and the session's folder.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await keeper.DropAsync(cancellationToken);
        var host = await context.Link.HostAsync(cancellationToken);
        if (context.Request.RemoveHostState)
        {
            await host.RemoveAsync(cancellationToken);
        }
        else
        {
            await host.ForgetAsync([.. context.Ledger.AllKept.Select(k => k.Id)], cancellationToken);
        }

        await CleanAsync(cancellationToken);
    }

    /// <summary>Removes the session's folder on the target.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var verifier = await context.Link.VerifierAsync(cancellationToken);
        var request = new CommandRequest { Script = $"rm -rf -- '{context.Session.RemoteFolder}'", Elevation = Elevation.Sudo };
        var removed = await verifier.RunAsync(request, cancellationToken);
        if (!removed.Succeeded)
        {
            await context.Scribe.WriteAsync(new Noted($"{context.Session.RemoteFolder} could not be removed: {removed.Error.Trim()}"), null, false, cancellationToken);
        }
    }
}
