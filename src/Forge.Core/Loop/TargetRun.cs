using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;
using Forge.Core.Ordering;
using Forge.Core.Probing;
using Forge.Core.Proposals;
using Forge.Core.Targets;
using Forge.Core.Thinking;

namespace Forge.Core.Loop;

/// <summary>
/// The loop on one target: scan, then rounds of (choose, act, verify, keep or revert, learn), a reboot and the whole scan again, until nothing changes. A resumed
/// run takes the same way with a ledger that is not empty.
/// </summary>
public sealed class TargetRun
{
    private const int Passes = 2;
    private readonly TargetContext _context;
    private readonly ChangeRunner _changes;
    private readonly CheckpointKeeper _keeper;
    private readonly AttemptRunner _attempts;
    private readonly RebootStep _reboot;
    private readonly ScanStep _scan;
    private readonly Settlement _settlement;
    private readonly Departure _departure;
    private readonly RebootHealth _rebootHealth;
    private readonly ConflictStep _conflicts;
    private readonly WorkPass _work;
    private readonly RunBudget _budget;
    private readonly ProposalPass _proposals;
    private readonly ThinkPass _thinking;
    private double _connectSeconds;

    /// <summary>Makes the loop of a target.</summary>
    public TargetRun(TargetContext context)
    {
        _context = context;
        _changes = new ChangeRunner(context);
        _keeper = new CheckpointKeeper(context);
        _attempts = new AttemptRunner(context, _changes, _keeper);
        _reboot = new RebootStep(context, _changes, _keeper);
        _scan = new ScanStep(context, _changes);
        _settlement = new Settlement(context, _attempts);
        _departure = new Departure(context, _keeper);
        _rebootHealth = new RebootHealth(context);
        _conflicts = new ConflictStep(context);
        _budget = new RunBudget(context.Scribe, context.Request.Budget);
        _work = new WorkPass(context, _attempts, new BatchRunner(context, _changes, _attempts, _keeper), _settlement, _budget);
        _proposals = new ProposalPass(context, _attempts, _settlement, _budget);
        _thinking = new ThinkPass(context, _attempts, _settlement, _budget);
    }

    private TargetLedger Ledger => _context.Ledger;

    /// <summary>Runs to the end, or until the target is lost or parked.</summary>
    /// <exception cref="ForgeException">The target cannot be worked on at all.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_context.Request.PrepareOnly)
        {
            await ConnectAsync(cancellationToken);
            await _scan.PrepareAsync(ClaimAsync, cancellationToken);
            return;
        }

        if (_context.Request.ScanOnly)
        {
            await ConnectAsync(cancellationToken);
            await FirstScanAsync(cancellationToken);
            await _departure.CleanAsync(cancellationToken);
            return;
        }

        await ArriveAsync(cancellationToken);
        var report = await FirstScanAsync(cancellationToken);
        if (Ledger.Scans > 1)
        {
            await _settlement.CompareAsync(report, cancellationToken);
        }

        await ProbeBaselineAsync(cancellationToken);
        // What a crash left unjudged must not become part of the state to go back to.
        if (Ledger.Checkpoint is null || Ledger.Items.All(i => i.OpenAttempt == 0))
        {
            await _keeper.TakeAsync(cancellationToken);
        }

        var rounds = _context.Request.MaxRounds ?? _context.Skill.MaxRounds;
        for (var round = Math.Max(1, Ledger.Round); round <= rounds; round++)
        {
            if (!await WorkAsync(round, cancellationToken) && round > 1 && Ledger.ChangesSinceScan == 0)
            {
                break;
            }

            report = await CloseRoundAsync(report, cancellationToken);
            if (_budget.IsSpent || Ledger.Parked.Length > 0)
            {
                break;
            }
        }

        await _settlement.SettleAsync(_budget.IsSpent, cancellationToken);
        await _departure.LeaveAsync(cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var start = _context.Scribe.Start();
        _context.Checkpoints = await _context.Ports.Checkpoints.FindAsync(_context.Target, cancellationToken);
        var verifier = await _context.Link.VerifierAsync(cancellationToken);
        _context.RenewSession(await _context.Ports.Inspector.ReadFactsAsync(verifier, cancellationToken));
        _connectSeconds = _context.Scribe.SecondsSince(start);
    }

    /// <summary>
    /// Connects, claims the host and takes up what a crash left. A machine that was told to reboot before the crash may still be on its way down or up: then
    /// all of this is tried until it is back.
    /// </summary>
    private async Task ArriveAsync(CancellationToken cancellationToken)
    {
        var start = _context.Scribe.Start();
        while (true)
        {
            try
            {
                await ConnectAsync(cancellationToken);
                await ClaimAsync(cancellationToken);
                await TakeUpAsync(cancellationToken);
                return;
            }
            catch (ForgeException e) when (Ledger.OpenReboot is not null && e.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout or ForgeErrorKind.Denied
                && _context.Scribe.SecondsSince(start) < _context.Request.RebootTimeout.TotalSeconds)
            {
                await _context.Scribe.WriteAsync(new Noted($"not back from its reboot yet: {e.Message}"), null, false, cancellationToken);
                await _context.Link.ResetAsync();
                await Task.Delay(TimeSpan.FromSeconds(1), _context.Ports.Clock, cancellationToken);
            }
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var start = _context.Scribe.Start();
        var host = await _context.Link.HostAsync(cancellationToken);
        var epoch = await host.ClaimAsync(null, _context.Scribe.RunId, cancellationToken);
        var seconds = _connectSeconds + _context.Scribe.SecondsSince(start);
        await _context.Scribe.WriteAsync(new TargetConnected(_context.Session.Facts, epoch, _context.Checkpoints?.Kind ?? "host-journal", seconds), null, true, cancellationToken);
    }

    /// <summary>Takes up what a crash left open: an undo, a reboot, an operation whose result nobody wrote down.</summary>
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        if (Ledger.OpenUndo is { } undo)
        {
            await UndoOrStopAsync(undo.Item, new OperationId(undo.Intent.OperationId), undo.Intent.Reason, cancellationToken);
        }

        if (Ledger.OpenReboot is { } reboot)
        {
            await _reboot.ResumeAsync(reboot, cancellationToken);
        }

        // The newest first: an undo restores the state before its operation.
        foreach (var open in Ledger.OpenIntents.Reverse().ToList())
        {
            await TakeUpOperationAsync(open.Item, new OperationId(open.Intent.OperationId), cancellationToken);
        }

        foreach (var (item, id) in Ledger.Unsettled)
        {
            await UndoOrStopAsync(item, id, "the target was lost before it was judged", cancellationToken);
        }
    }

    private async Task TakeUpOperationAsync(string item, OperationId id, CancellationToken cancellationToken)
    {
        var host = await _context.Link.HostAsync(cancellationToken);
        var status = await host.QueryAsync(id, cancellationToken);
        while (status.State == OperationState.Running)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _context.Ports.Clock, cancellationToken);
            status = await host.QueryAsync(id, cancellationToken);
        }

        await _context.Scribe.WriteAsync(new Noted($"the host says of operation {id.Value[..12]}: {status.State}"), item, false, cancellationToken);
        // One whose item has ended already (the target was lost then) is nobody's any more.
        var isOrphan = status.State == OperationState.Completed && Ledger.Find(item) is { OpenAttempt: 0 };
        if (status.State is OperationState.Interrupted or OperationState.Undone || isOrphan)
        {
            await _changes.RecordAsync(item, status, 0);
            await UndoOrStopAsync(item, id, isOrphan ? "its item had ended without it" : "interrupted before its end", cancellationToken);
            if (Ledger.Find(item) is { } entry)
            {
                await _attempts.EndAsync(entry, new AttemptOutcome(ItemState.Queued, FailureMode.None, "interrupted; undone and queued again"), "");
            }
        }

        // Completed: the attempt is taken up and the host answers with the stored result. Absent: it runs for the first time.
    }

    private async Task UndoOrStopAsync(string item, OperationId id, string reason, CancellationToken cancellationToken)
    {
        var undone = await _changes.UndoAsync(item, id, reason);
        if (!undone.Restored && !await _keeper.RevertAsync($"{reason}; the undo left {undone.Differences.Count} differences", cancellationToken))
        {
            throw new ForgeException(
                "RevertFailed",
                ForgeErrorKind.Unreachable,
                $"{_context.Target.Name}: the undo after the crash left {string.Join(", ", undone.Differences.Take(3))}.",
                "Mend these by hand, then Resume-ForgeRun.",
                _context.Target.Name);
        }
    }

    private async Task<ScanReport> FirstScanAsync(CancellationToken cancellationToken)
    {
        await _scan.PrepareAsync(ClaimAsync, cancellationToken);
        // After a crash the machine is scanned anew: what was open is settled, and the guards need what each item touches.
        var report = await _scan.ScanAsync(Ledger.Before is null ? "before" : "resume", cancellationToken);
        await _scan.QueueAsync(report, cancellationToken);
        if (!_context.Request.ScanOnly)
        {
            await _conflicts.DecideAsync(cancellationToken);
        }

        return report;
    }

    private async Task ProbeBaselineAsync(CancellationToken cancellationToken)
    {
        var health = await new HealthProbe(_context.Ports.Connector).ProbeAsync(_context.Target, null, [], cancellationToken);
        await _context.Scribe.WriteAsync(new Probed(health.Healthy, health.Faults, health.Fingerprint, health.Seconds), null, false, cancellationToken);
        _context.Healthy = health.Snapshot ?? throw new ForgeException(
            "TargetNotHealthy",
            ForgeErrorKind.Unreachable,
            $"{_context.Target.Name} is not healthy before anything was changed: {string.Join("; ", health.Faults)}.",
            $"Test-ForgeTarget {_context.Target.Name} shows what is missing.",
            _context.Target.Name);
    }

    /// <summary>Works through what is open, looks again at what fails or did not apply, and works once more through what others' changes made possible.</summary>
    /// <returns>Whether anything was tried.</returns>
    private async Task<bool> WorkAsync(int round, CancellationToken cancellationToken)
    {
        var tried = false;
        for (var pass = 0; pass < Passes; pass++)
        {
            var open = _work.Open(out var cycles);
            if (open.Count == 0)
            {
                break;
            }

            await _context.Scribe.WriteAsync(new RoundStarted(round, [.. open.Select(f => f.Id)]), null, false, cancellationToken);
            foreach (var cycle in cycles)
            {
                await _context.Scribe.WriteAsync(new Noted("depends on itself through others; done in the content's order"), cycle, false, cancellationToken);
            }

            tried = true;
            if (!await _work.RunAsync(cancellationToken))
            {
                break;
            }

            if (pass < Passes - 1 && Ledger.ChangesSinceScan > 0)
            {
                await _scan.ReviewAsync(_settlement, cancellationToken);
                await _conflicts.DecideAsync(cancellationToken);
            }
        }

        // What no ready-made fix mended: first what the item's own text says, then the user's model, where there is one.
        tried |= await _proposals.RunAsync(cancellationToken);
        return await _thinking.RunAsync(cancellationToken) || tried;
    }

    private async Task<ScanReport> CloseRoundAsync(ScanReport last, CancellationToken cancellationToken)
    {
        if (Ledger.ChangesSinceReboot > 0 && _context.Request.AllowReboot && (_context.Skill.RebootToProve || Ledger.Items.Any(i => i.State == ItemState.Deferred)))
        {
            await _reboot.RunAsync("changes are proven after a reboot", cancellationToken);
            await _rebootHealth.CheckAsync(cancellationToken);
        }
        else if (Ledger.ChangesSinceScan == 0)
        {
            return last;
        }

        var report = await _scan.ScanAsync("round", cancellationToken);
        await _scan.QueueAsync(report, cancellationToken);
        await _settlement.CompareAsync(report, cancellationToken);
        await _conflicts.DecideAsync(cancellationToken);
        return report;
    }
}
