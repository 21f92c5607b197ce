using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Adds up the wall time of a run's sessions from its journal, from the first to the last line of each. The pauses between them are nobody's.</summary>
public sealed class SessionClock
{
    private DateTimeOffset? _first;
    private DateTimeOffset _last;
    private double _before;

    /// <summary>Of the sessions before this one.</summary>
    public TimeSpan Earlier { get; private set; }

    /// <summary>Of all sessions, up to the last line.</summary>
    public TimeSpan Elapsed => Earlier + (_first is { } first ? _last - first + TimeSpan.FromSeconds(_before) : TimeSpan.Zero);

    /// <summary>Takes a line; one that says that the run goes on begins a session.</summary>
    /// <param name="line">The line.</param>
    /// <param name="seconds">Where it is the first of a session: how many seconds before it that had begun.</param>
    public void Apply(JournalLine line, double seconds = 0)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Event is RunResumed)
        {
            Resume();
        }

        if (_first is null)
        {
            (_first, _before) = (line.Time, seconds);
        }

        _last = line.Time;
    }

    /// <summary>The session is over.</summary>
    public void Resume()
    {
        Earlier = Elapsed;
        _first = null;
    }
}
