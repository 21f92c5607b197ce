using Forge.Core.Checkpoints;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>
/// Where a run stands on one target: a fold over the journal and nothing else. The live run and a resumed one build it by the same method, so that they
/// cannot disagree.
/// </summary>
/// <param name="target">Name of the target.</param>
public sealed class TargetLedger(string target)
{
    private readonly Dictionary<string, ItemEntry> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Item, long Sequence, HostChanges Changes)> _results = new(StringComparer.Ordinal);
    private readonly List<(IntentWritten Intent, string Item)> _openIntents = [];
    private readonly Dictionary<string, ConflictDecided> _losers = new(StringComparer.Ordinal);
    private readonly VerdictBook _verdicts = new();

    /// <summary>Name of the target.</summary>
    public string Target => target;

    /// <summary>Items in the order in which they were found.</summary>
    public IReadOnlyCollection<ItemEntry> Items => _items.Values;

    /// <summary>Facts of the last connection; null before the first.</summary>
    public HostFacts? Facts { get; private set; }

    /// <summary>Last fencing epoch; null before the first.</summary>
    public long? Epoch { get; private set; }

    /// <summary>The first scan; null before it.</summary>
    public ScanEnded? Before { get; private set; }

    /// <summary>The last scan; null before the first.</summary>
    public ScanEnded? LastScan { get; private set; }

    /// <summary>Scans made.</summary>
    public int Scans { get; private set; }

    /// <summary>Verdict of every item as far as it is known now, by id.</summary>
    public IReadOnlyDictionary<string, VerdictKind> Verdicts => _verdicts.Current;

    /// <summary>Round at work, from 1; 0 before the first.</summary>
    public int Round { get; private set; }

    /// <summary>Intents without a result, oldest first.</summary>
    public IReadOnlyList<(IntentWritten Intent, string Item)> OpenIntents => _openIntents;

    /// <summary>Undo that was begun and has not ended; null for none.</summary>
    public (UndoIntent Intent, string Item)? OpenUndo { get; private set; }

    /// <summary>Reboot that was begun and is not proven; null for none.</summary>
    public RebootIntent? OpenReboot { get; private set; }

    /// <summary>Reboots begun.</summary>
    public int RebootsBegun { get; private set; }

    /// <summary>Reboots made and proven.</summary>
    public int Reboots { get; private set; }

    /// <summary>Line of the journal at which the last reboot was proven; -1 before the first.</summary>
    public long RebootedAt { get; private set; } = -1;

    /// <summary>Kept changes since the last proven reboot or scan of its round.</summary>
    public int ChangesSinceReboot { get; private set; }

    /// <summary>Kept changes since the last scan.</summary>
    public int ChangesSinceScan { get; private set; }

    /// <summary>The outside checkpoint that would be used; null for none.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>Sequence at which that checkpoint was taken.</summary>
    public long CheckpointSequence { get; private set; }

    /// <summary>Why work on the target stopped before its end; empty where it did not.</summary>
    public string Parked { get; private set; } = "";

    /// <summary>Preparations of the skill that ended, well or not: the next one is another operation.</summary>
    public int Preparations { get; private set; }

    /// <summary>Items that give way to another one, with that and the reason.</summary>
    public IReadOnlyDictionary<string, ConflictDecided> Losers => _losers;

    /// <summary>Regressions found and not taken back.</summary>
    public List<Regression> Regressions { get; } = [];

    /// <summary>Changes that ran and were neither judged nor taken back because the target was lost; newest first.</summary>
    public IReadOnlyList<(string Item, OperationId Id)> Unsettled => [.. _results
        .Where(r => Find(r.Value.Item) is { OpenAttempt: 0 } entry && entry.Kept.All(k => k.Id.Value != r.Key))
        .OrderByDescending(r => r.Value.Sequence).Select(r => (r.Value.Item, new OperationId(r.Key)))];

    /// <summary>The item with an id; null where there is none.</summary>
    public ItemEntry? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>Where the time went, and the tokens of models.</summary>
    internal TimeTally Time { get; } = new();

    /// <summary>Takes a line of the journal.</summary>
    public void Apply(JournalLine line)
    {
        if (line.Event is RunResumed)
        {
            Reopen();
            Time.Resume();
        }

        if (line.Event.Target != target)
        {
            return;
        }

        Time.Apply(line);
        switch (line.Event)
        {
            case TargetConnected e:
                (Facts, Epoch) = (e.Facts, e.Epoch);
                break;
            case TargetParked e:
                Parked = e.Reason;
                break;
            case RoundStarted e:
                Round = e.Round;
                break;
            case ConflictDecided e:
                _losers.TryAdd(e.Item!, e);
                break;
            case Reviewed e:
                _verdicts.TakeScan(e.Verdicts);
                break;
            case ScanEnded e:
                TakeScan(e);
                break;
            case ItemQueued e:
                Queue(e.Finding);
                break;
            case RegressionFound e:
                Regressions.Add(new Regression(e.Item!, e.CausedBy));
                break;
            case RebootIntent or RebootEnded:
                TakeReboot(line.Event, line.Sequence);
                break;
            case CheckpointTaken or CheckpointReverted or CheckpointDropped:
                TakeCheckpoint(line);
                break;
            default:
                TakeAttempt(line);
                break;
        }
    }

    /// <summary>A resumed run takes up what was skipped because the target was lost or the budget ended.</summary>
    private void Reopen()
    {
        Parked = "";
        foreach (var entry in _items.Values.Where(i => i.State == ItemState.Skipped && i.Result?.FailureMode is FailureMode.TargetLost or FailureMode.BudgetExhausted))
        {
            entry.State = ItemState.Queued;
        }
    }

    private void TakeScan(ScanEnded e)
    {
        Before ??= e;
        LastScan = e;
        Scans++;
        ChangesSinceScan = 0;
        Regressions.Clear();
        _verdicts.TakeScan(e.Verdicts);
    }

    private void Queue(Finding finding)
    {
        if (_items.TryGetValue(finding.Id, out var entry))
        {
            (entry.Finding, entry.State) = (finding, ItemState.Queued);
        }
        else
        {
            _items[finding.Id] = new ItemEntry { Finding = finding };
        }
    }

    private void TakeReboot(ForgeEvent e, long sequence)
    {
        if (e is RebootIntent intent)
        {
            OpenReboot = intent;
            RebootsBegun++;
        }
        else if (e is RebootEnded)
        {
            (OpenReboot, ChangesSinceReboot, RebootedAt) = (null, 0, sequence);
            Reboots++;
        }
    }

    private void TakeCheckpoint(JournalLine line)
    {
        switch (line.Event)
        {
            case CheckpointTaken e:
                (Checkpoint, CheckpointSequence) = (e.Checkpoint, line.Sequence);
                break;
            case CheckpointReverted e:
                _openIntents.Clear();
                (OpenUndo, OpenReboot) = (null, null);
                foreach (var entry in e.Requeued.Select(Find).OfType<ItemEntry>())
                {
                    (entry.State, entry.OpenAttempt, entry.OpenBatch) = (ItemState.Queued, 0, null);
                    _verdicts.Lose(entry.Finding.Id);
                    entry.Kept.RemoveAll(k => k.Sequence > CheckpointSequence);
                }

                break;
            case CheckpointDropped e when Checkpoint?.Id == e.CheckpointId:
                Checkpoint = null;
                break;
        }
    }

    private void TakeAttempt(JournalLine line)
    {
        var (item, entry) = (line.Event.Item ?? "", Find(line.Event.Item ?? ""));
        entry?.Thinking.Apply(line.Event);
        switch (line.Event)
        {
            case AttemptStarted e when entry is not null:
                (entry.State, entry.OpenAttempt) = (ItemState.Active, e.Attempt);
                entry.Attempts = Math.Max(entry.Attempts, e.Attempt);
                (entry.OpenBatch, entry.TriedAt) = (e.Batch, line.Sequence);
                break;
            case IntentWritten e:
                _openIntents.RemoveAll(i => i.Intent.OperationId == e.OperationId);
                _openIntents.Add((e, item));
                break;
            case ResultWritten e:
                Preparations += _openIntents.Any(i => i.Intent.OperationId == e.OperationId && i.Intent.Step == "prepare") ? 1 : 0;
                _openIntents.RemoveAll(i => i.Intent.OperationId == e.OperationId);
                if (e.State != OperationState.Absent)
                {
                    _results[e.OperationId] = (item, line.Sequence, e.Changes);
                }

                break;
            case Evaluated e:
                _verdicts.TakeEvaluation(item, e.Verdict, e.Guards);
                break;
            case UndoIntent e:
                OpenUndo = (e, item);
                break;
            case UndoEnded e:
                OpenUndo = null;
                _results.Remove(e.OperationId);
                entry?.Kept.RemoveAll(k => k.Id.Value == e.OperationId);
                if (entry is not null)
                {
                    (entry.OpenAttempt, entry.OpenBatch) = (0, null);
                }

                break;
            case ItemEnded e when entry is not null:
                End(entry, e.Result);
                break;
        }
    }

    private void End(ItemEntry entry, ItemResult result)
    {
        (entry.State, entry.Result, entry.OpenAttempt, entry.OpenBatch) = (result.Outcome, result, 0, null);
        _verdicts.End(result.Id, result.Outcome);
        if (result.Outcome is ItemState.Remediated or ItemState.Deferred)
        {
            var fresh = _results.Where(r => r.Value.Item == result.Id && entry.Kept.All(k => k.Id.Value != r.Key)).ToList();
            foreach (var (id, kept) in fresh)
            {
                entry.Kept.Add(new KeptOperation(new OperationId(id), result.Id, kept.Sequence, kept.Changes));
            }

            ChangesSinceReboot += fresh.Count;
            ChangesSinceScan += fresh.Count;
        }
        else if (result.FailureMode != FailureMode.TargetLost)
        {
            foreach (var id in _results.Where(r => r.Value.Item == result.Id && entry.Kept.All(k => k.Id.Value != r.Key)).Select(r => r.Key).ToList())
            {
                _results.Remove(id);
            }

            entry.Failures.Add($"{result.FailureMode}: {result.Reason}");
        }
    }

    /// <summary>Kept changes of all items, oldest first.</summary>
    public IEnumerable<KeptOperation> AllKept => _items.Values.SelectMany(i => i.Kept).OrderBy(k => k.Sequence);
}
