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

    /// <summary>Whether a change may have been begun although its call failed: the connection ended, or sudo broke before or with it.</summary>
    internal static bool IsLoss(ForgeException fault) => fault.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout || fault.Id == "TargetSudoFailed";

    /// <summary>Takes a change back that was not kept.</summary>
    /// <returns>The attempt's outcome, with what could not be undone.</returns>
    /// <exception cref="ForgeException">Id <c>TargetLost</c>.</exception>
    public async Task<AttemptOutcome> RevertAsync(ItemEntry entry, OperationStatus status, AttemptOutcome outcome, TimeSpan? deadMan)
    {
        var reverted = await RevertAsync([(entry, status.Id)], outcome, [], deadMan);
        return reverted switch
        {
            { FromOutside: true } => outcome with { Reason = $"{outcome.Reason} (taken back from outside: {reverted.Obstacle})" },
            { Left.Count: > 0 } => outcome with { Mode = FailureMode.RevertFailed, Reason = $"{outcome.Reason}; {reverted.Obstacle}" },
            { Obstacle.Length: > 0 } => outcome with { Reason = $"{outcome.Reason} (taken back once the host was reachable again)" },
            _ => outcome,
        };
    }

    /// <summary>Takes several changes back, the newest first, and proves that the target is usable after the last one.</summary>
    /// <param name="newestFirst">The changes; none where only the machine as a whole can be taken back.</param>
    /// <param name="why">Why.</param>
    /// <param name="intendedStops">Units that changes which stay were to stop.</param>
    /// <exception cref="ForgeException">Id <c>TargetLost</c>.</exception>
    public Task<Reverted> RevertAllAsync(IReadOnlyList<Acted> newestFirst, AttemptOutcome why, IReadOnlyCollection<string> intendedStops) =>
        RevertAsync([.. newestFirst.Select(a => (a.Draft.Entry, a.Status.Id))], why, intendedStops, null);

    private async Task<Reverted> RevertAsync(
        IReadOnlyList<(ItemEntry Entry, OperationId Id)> newestFirst, AttemptOutcome why, IReadOnlyCollection<string> intendedStops, TimeSpan? deadMan)
    {
        if (newestFirst is [var newest, ..] && why.Mode is FailureMode.HealthFailure or FailureMode.DiskFull)
        {
            await DiagnoseAsync(newest.Entry);
        }

        var item = newestFirst is [var only] ? only.Entry.Finding.Id : null;
        var (reached, left) = await UndoAsync(newestFirst, why.Reason);
        if (reached && left.Count == 0 && await IsUsableAsync(item, intendedStops))
        {
            return Reverted.Nothing;
        }

        var obstacle = !reached ? "the host's journal could not be reached" : left.Count > 0 ? string.Join("; ", left.Values) : "the machine is not healthy after the undo";
        if (await keeper.RevertAsync($"{why.Reason}; {obstacle}", CancellationToken.None))
        {
            return await IsUsableAsync(item, []) ? new Reverted(true, left, obstacle) : throw Lost($"{obstacle}, and the checkpoint did not bring it back");
        }

        if (reached && left.Count > 0 && await IsUsableAsync(item, intendedStops))
        {
            return new Reverted(false, left, obstacle);
        }

        return deadMan is { } wait && newestFirst is [var (entry, id)] && await WaitForDeadManAsync(entry, id, wait)
            ? new Reverted(false, Reverted.Nothing.Left, obstacle)
            : throw Lost(obstacle);
    }

    /// <summary>Undoes by the host's journal as far as it can be reached.</summary>
    private async Task<(bool Reached, Dictionary<string, string> Left)> UndoAsync(IReadOnlyList<(ItemEntry Entry, OperationId Id)> newestFirst, string reason)
    {
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (entry, id) in newestFirst)
        {
            var undone = await TryUndoAsync(entry, id, reason);
            if (undone is null)
            {
                return (false, left);
            }

            if (!undone.Restored)
            {
                left[entry.Finding.Id] = $"the undo left {undone.Differences.Count} differences: {string.Join(", ", undone.Differences.Take(3))}";
            }
        }

        return (newestFirst.Count > 0, left);
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
                // A new epoch waits for what is at work there and shuts out what the broken connection may still have in store.
                var epoch = await host.ClaimAsync(null, context.Scribe.RunId, CancellationToken.None);
                await context.Scribe.WriteAsync(new TargetConnected(context.Session.Facts, epoch, context.Checkpoints?.Kind ?? "host-journal"), null, true, CancellationToken.None);
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
        catch (ForgeException e) when (e.Id != "EpochRefused")
        {
            // Not swallowed: the caller goes on to the outside checkpoint or the dead-man revert, and the journal keeps the open undo until then.
            await context.Link.ResetAsync();
            return null;
        }
    }

    private async Task<bool> IsUsableAsync(string? item, IReadOnlyCollection<string> intendedStops)
    {
        var health = await _probe.ProbeAsync(context.Target, context.Healthy, intendedStops, CancellationToken.None);
        await context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, health.Seconds), item, false, CancellationToken.None);
        if (health.Healthy)
        {
            context.Healthy = health.Snapshot;
        }

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
            if (await IsUsableAsync(entry.Finding.Id, []) && await TryUndoAsync(entry, id, "make sure that it was taken back") is { Restored: true })
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
