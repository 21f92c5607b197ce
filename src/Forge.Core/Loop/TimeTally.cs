using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Adds up where the time of a run on one target went, from the seconds that its events carry.</summary>
public sealed class TimeTally
{
    private double _scanner;
    private double _onTarget;
    private double _reboot;
    private double _model;
    private readonly SessionClock _sessions = new();

    /// <summary>Wall time of the run's earlier sessions on this target.</summary>
    public TimeSpan Earlier => _sessions.Earlier;

    /// <summary>Tokens that models read and wrote.</summary>
    public long Tokens { get; private set; }

    /// <summary>Takes a line of the journal.</summary>
    public void Apply(JournalLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        // The first line comes when what it tells of has been done.
        _sessions.Apply(line, SecondsOnTarget(line.Event));
        switch (line.Event)
        {
            case ScanEnded or Evaluated or Reviewed:
                _scanner += line.Event switch { ScanEnded scan => scan.Seconds, Evaluated one => one.Seconds, Reviewed some => some.Seconds, _ => 0 };
                break;
            case ModelAsked asked:
                _model += asked.Seconds;
                Tokens += asked.Usage.Tokens;
                break;
            case ProposerAsked asked:
                _model += asked.Seconds;
                Tokens += asked.Usage.Tokens;
                break;
            case ModelLost lost:
                _model += lost.Seconds;
                break;
            case RebootEnded reboot:
                _reboot += reboot.Seconds;
                break;
            default:
                _onTarget += SecondsOnTarget(line.Event);
                break;
        }
    }

    /// <summary>The run goes on in another process: the time in between is nobody's.</summary>
    public void Resume() => _sessions.Resume();

    /// <summary>The split of a wall time; what no event accounts for is the harness.</summary>
    public TimeSplit Split(TimeSpan wall) => new()
    {
        Scanner = TimeSpan.FromSeconds(_scanner),
        Target = TimeSpan.FromSeconds(_onTarget),
        Reboot = TimeSpan.FromSeconds(_reboot),
        Model = TimeSpan.FromSeconds(_model),
        Harness = TimeSpan.FromSeconds(Math.Max(0, wall.TotalSeconds - _scanner - _onTarget - _reboot - _model)),
    };

    private static double SecondsOnTarget(ForgeEvent e) => e switch
    {
        TargetConnected connected => connected.Seconds,
        Contacted contacted => contacted.Seconds,
        ResultWritten result => result.Seconds,
        Probed probed => probed.Seconds,
        UndoEnded undone => undone.Seconds,
        CheckpointTaken taken => taken.Seconds,
        CheckpointDropped dropped => dropped.Seconds,
        CheckpointReverted reverted => reverted.Seconds,
        _ => 0,
    };
}
