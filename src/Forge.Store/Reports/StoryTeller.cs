using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>Sorts the lines of a journal by target, item and attempt.</summary>
internal sealed class StoryTeller
{
    private readonly RunRecord _run;
    private readonly List<TargetStory> _targets = [];
    private readonly Dictionary<string, StepStory> _steps = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private readonly SessionClock _sessions = new();

    public StoryTeller(RunRecord run)
    {
        _run = run;
        foreach (var target in run.Targets)
        {
            Target(target);
        }
    }

    public void Take(JournalLine line)
    {
        _sessions.Apply(line);
        if (line.Event.Target is { } where)
        {
            Target(where).Times.Apply(line);
        }

        switch (line.Event)
        {
            case Noted e:
                NotesOf(e).Add(e.Text);
                break;
            case { Target: { } target, Item: { } item } e:
                TakeItem(Target(target), Item(target, item), e);
                break;
            case { Target: { } target } e:
                TakeTarget(Target(target), e);
                break;
            default:
                break;
        }
    }

    public RunStory End()
    {
        foreach (var (target, result) in (_run.Summary?.Targets ?? []).SelectMany(t => t.Items.Select(i => (t.Target, i))))
        {
            Item(target, result.Id).Result = result;
        }

        var summary = _run.Summary ?? FiguresSoFar.Of(_run.Id, _targets, _sessions.Elapsed);
        foreach (var figures in summary.Targets)
        {
            Target(figures.Target).Summary = figures;
        }

        return new() { Run = _run, Summary = summary, IsFinal = _run.Summary is not null, Targets = _targets, Notes = _notes };
    }

    private List<string> NotesOf(Noted e) => e switch
    {
        { Target: { } target, Item: { } item } => Item(target, item).Notes,
        { Target: { } target } => Target(target).Notes,
        _ => _notes,
    };

    private void TakeTarget(TargetStory target, ForgeEvent @event)
    {
        switch (@event)
        {
            case TargetConnected e: (target.Facts, target.UndoKind) = (e.Facts, e.UndoKind); break;
            case TargetParked e: target.Parked = e; break;
            case ScanEnded e: target.Scans.Add(e); break;
            case RebootIntent e: target.Reboots.Add((e, null)); break;
            case RebootEnded e when target.Reboots.Count > 0: target.Reboots[^1] = (target.Reboots[^1].Intent, e); break;
            case CheckpointReverted e: target.Reverts.Add(e); break;
            default: TakeStep(target.Preparation, @event); break;
        }
    }

    private void TakeItem(TargetStory target, ItemStory item, ForgeEvent @event)
    {
        switch (@event)
        {
            case ItemQueued e: item.Finding = e.Finding; break;
            case ItemEnded e: item.Result = e.Result; break;
            case AttemptStarted e: item.Attempts.Add(new(e)); break;
            case ActionSuggested e: item.Suggestion = e; break;
            case Evaluated e: item.Current.Evaluations.Add(e); break;
            case Probed e: item.Current.Probes.Add(e); break;
            case RegressionFound e: target.Regressions.Add(new(item.Id, e.CausedBy, e.Reverted)); break;
            case IntentWritten e: TakeStep(item.Current.Steps, e); break;
            default: TakeTarget(target, @event); break;
        }
    }

    private void TakeStep(List<StepStory> steps, ForgeEvent @event)
    {
        switch (@event)
        {
            case IntentWritten e when !_steps.ContainsKey(e.OperationId):
                var step = new StepStory(e);
                _steps.Add(e.OperationId, step);
                steps.Add(step);
                break;
            case ResultWritten e when _steps.TryGetValue(e.OperationId, out var found): found.Result = e; break;
            case UndoIntent e when _steps.TryGetValue(e.OperationId, out var found): found.UndoIntent = e; break;
            case UndoEnded e when _steps.TryGetValue(e.OperationId, out var found): found.Undo = e; break;
            default: break;
        }
    }

    private TargetStory Target(string name)
    {
        var target = _targets.Find(t => t.Name == name);
        if (target is null)
        {
            target = new(name);
            _targets.Add(target);
        }

        return target;
    }

    private ItemStory Item(string target, string id)
    {
        var items = Target(target).Items;
        var item = items.Find(i => i.Id == id);
        if (item is null)
        {
            item = new(id);
            items.Add(item);
        }

        return item;
    }
}
