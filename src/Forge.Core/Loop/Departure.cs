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
        await context.Scribe.ContactAsync("what was kept on the host for an undo", async () =>
        {
            var host = await context.Link.HostAsync(cancellationToken);
            await (context.Request.RemoveHostState ? host.RemoveAsync(cancellationToken) : host.ForgetAsync([.. context.Ledger.AllKept.Select(k => k.Id)], cancellationToken));
            return true;
        });
        await CleanAsync(cancellationToken);
    }

    /// <summary>Removes the session's folder on the target.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var request = new CommandRequest { Script = $"rm -rf -- '{context.Session.RemoteFolder}'", Elevation = Elevation.Sudo };
        var removed = await context.Scribe.ContactAsync(
            "the folder of the session", async () => await (await context.Link.VerifierAsync(cancellationToken)).RunAsync(request, cancellationToken));
        if (!removed.Succeeded)
        {
            await context.Scribe.WriteAsync(new Noted($"{context.Session.RemoteFolder} could not be removed: {removed.Error.Trim()}"), null, false, cancellationToken);
        }
    }
}
