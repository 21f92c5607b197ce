using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Operations;
using Forge.Core.Probing;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>
/// Takes a change back and proves that the target is usable: by the host's journal, else from outside, else by waiting for the dead-man revert. Where none of
/// them ends in a usable target, the run stops for it.
/// </summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Undoes operations.</param>
/// <param name="keeper">Outside checkpoints.</param>
public sealed class Reversal(TargetContext context, ChangeRunner changes, CheckpointKeeper keeper)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReconnectWithin = TimeSpan.FromSeconds(45);

    private const string Diagnosis = """
        echo '@@ sudo'; sudo -n true 2>&1 | head -n 3
        echo '@@ failed units'; systemctl --failed --plain --no-legend --no-pager 2>&1 | head -n 20
        echo '@@ disks'; df -h 2>&1 | head -n 20
        echo '@@ journal'; journalctl -n 60 --no-pager -q 2>&1 | tail -n 60
        """;

    private readonly HealthProbe _probe = new(context.Ports.Connector);

    /// <summary>Takes a change back that was not kept.</summary>
    /// <returns>The attempt's outcome, with what could not be undone.</returns>
    public async Task<AttemptOutcome> RevertAsync(ItemEntry entry, OperationStatus status, AttemptOutcome outcome, TimeSpan? deadMan)
    {
        if (outcome.Mode is FailureMode.HealthFailure or FailureMode.DiskFull)
        {
            await DiagnoseAsync(entry);
        }

        var undone = await TryUndoAsync(entry, status.Id, outcome.Reason);
        if (undone is { Restored: true } && await IsUsableAsync(entry))
        {
            return outcome;
        }

        var why = undone is null ? "the host's journal could not be reached" : undone.Restored ? "the machine is not healthy after the undo" : $"the undo left {undone.Differences.Count} differences: {string.Join(", ", undone.Differences.Take(3))}";
        if (await keeper.RevertAsync($"{outcome.Reason}; {why}", CancellationToken.None))
        {
            return await IsUsableAsync(entry)
                ? outcome with { Reason = $"{outcome.Reason} (taken back from outside: {why})" }
                : throw Lost($"{why}, and the checkpoint did not bring it back");
        }

        if (undone is { Restored: false } && await IsUsableAsync(entry))
        {
            return outcome with { Mode = FailureMode.RevertFailed, Reason = $"{outcome.Reason}; {why}" };
        }

        return deadMan is { } wait && await WaitForDeadManAsync(entry, status.Id, wait) ? outcome with { Reason = $"{outcome.Reason} (taken back once the host was reachable again)" } : throw Lost(why);
    }

    /// <summary>After the connection was lost in the middle of a change: connects again and asks the host what became of it.</summary>
    /// <returns>Its status; null where the target could not be reached again in time.</returns>
    public async Task<OperationStatus?> AskAfterLossAsync(ItemEntry entry, OperationId id)
    {
        var start = context.Scribe.Start();
        while (context.Scribe.SecondsSince(start) < ReconnectWithin.TotalSeconds)
        {
            await context.Link.ResetAsync();
            try
            {
                var host = await context.Link.HostAsync(CancellationToken.None);
                var status = await host.QueryAsync(id, CancellationToken.None);
                if (status.State == OperationState.Absent)
                {
                    return status;
                }

                if (status.State != OperationState.Running)
                {
                    await changes.RecordAsync(entry.Finding.Id, status, context.Scribe.SecondsSince(start));
                    return status;
                }
            }
            catch (ForgeException e) when (e.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout or ForgeErrorKind.Denied)
            {
                await context.Scribe.WriteAsync(new Noted($"not reachable yet: {e.Message}"), entry.Finding.Id, false, CancellationToken.None);
            }

            await Task.Delay(PollEvery, context.Ports.Clock);
        }

        return null;
    }

    private async Task<UndoResult?> TryUndoAsync(ItemEntry entry, OperationId id, string reason)
    {
        try
        {
            return await changes.UndoAsync(entry.Finding.Id, id, reason);
        }
        catch (ForgeException)
        {
            // Not swallowed: the caller goes on to the outside checkpoint or the dead-man revert, and the journal keeps the open undo until then.
            await context.Link.ResetAsync();
            return null;
        }
    }

    private async Task<bool> IsUsableAsync(ItemEntry entry)
    {
        var health = await _probe.ProbeAsync(context.Target, context.Healthy, [], CancellationToken.None);
        await context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, health.Seconds), entry.Finding.Id, false, CancellationToken.None);
        return health.Healthy;
    }

    private async Task<bool> WaitForDeadManAsync(ItemEntry entry, OperationId id, TimeSpan deadMan)
    {
        var start = context.Scribe.Start();
        while (context.Scribe.SecondsSince(start) < deadMan.TotalSeconds + 60)
        {
            await Task.Delay(PollEvery, context.Ports.Clock);
            await context.Link.ResetAsync();
            // Reachable is not taken back: the undo says which, and an undo twice is harmless.
            if (await IsUsableAsync(entry) && await TryUndoAsync(entry, id, "make sure that it was taken back") is { Restored: true })
            {
                return true;
            }
        }

        return false;
    }

    private async Task DiagnoseAsync(ItemEntry entry)
    {
        try
        {
            var fixer = await context.Link.FixerAsync(CancellationToken.None);
            var seen = await fixer.RunAsync(new CommandRequest { Script = Diagnosis, Timeout = TimeSpan.FromSeconds(20), MaxOutputBytes = 64 << 10 }, CancellationToken.None);
            var blob = await context.Scribe.StoreAsync(seen.Output, CancellationToken.None);
            await context.Scribe.WriteAsync(new Noted($"diagnosis before the revert: blob {blob ?? "(empty)"}"), entry.Finding.Id, false, CancellationToken.None);
        }
        catch (ForgeException e)
        {
            await context.Scribe.WriteAsync(new Noted($"no diagnosis before the revert: {e.Message}"), entry.Finding.Id, false, CancellationToken.None);
        }
    }

    private ForgeException Lost(string why) => new(
        "TargetLost",
        ForgeErrorKind.Unreachable,
        $"{context.Target.Name} is not usable after a revert: {why}.",
        "Look at the machine through its console; the journal names the last operation.",
        context.Target.Name);
}
