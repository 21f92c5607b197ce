using System.Management.Automation;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Tasks;

/// <summary>How far a run is on one target.</summary>
/// <param name="target">Target.</param>
/// <param name="id">Stable id of its activity.</param>
internal sealed class TargetProgress(string target, int id)
{
    private readonly Dictionary<string, ItemState> _states = new(StringComparer.Ordinal);
    private string _doing = "connecting";

    /// <summary>Takes a line of the journal.</summary>
    public void Take(JournalLine line)
    {
        switch (line.Event)
        {
            case ItemQueued e:
                _states[e.Finding.Id] = ItemState.Queued;
                break;
            case ItemEnded e:
                _states[e.Result.Id] = e.Result.Outcome;
                break;
        }

        _doing = line.Event switch
        {
            TargetConnected => "scanning",
            ScanEnded => "choosing",
            AttemptStarted => line.Event.Item!,
            IntentWritten { Step: "prepare" } => "preparing the target",
            RebootIntent => "rebooting",
            RebootEnded => "scanning after the reboot",
            UndoIntent => $"taking back {line.Event.Item}",
            TargetParked e => e.Reason,
            _ => _doing,
        };
    }

    /// <summary>The record for the host's display.</summary>
    public ProgressRecord ToRecord()
    {
        var all = _states.Count;
        var done = _states.Values.Count(s => s is not (ItemState.Queued or ItemState.Active or ItemState.Blocked));
        var fixedItems = _states.Values.Count(s => s == ItemState.Remediated);
        var decisions = _states.Values.Count(s => s == ItemState.NeedsDecision);
        var escalated = _states.Values.Count(s => s == ItemState.Escalated);
        var counts = all == 0 ? "" : $"{done}/{all}  fixed {fixedItems} · needs a decision {decisions} · escalated {escalated}";
        return new ProgressRecord(id, target, counts.Length == 0 ? _doing : counts)
        {
            CurrentOperation = _doing,
            PercentComplete = all == 0 ? -1 : 100 * done / all,
        };
    }
}
