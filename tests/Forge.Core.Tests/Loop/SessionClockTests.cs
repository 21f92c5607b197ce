using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Core.Tests.Loop;

public sealed class SessionClockTests
{
    private readonly SessionClock _clock = new();
    private long _sequence;

    [Fact]
    public void Sessions_are_added_up_and_the_pauses_between_them_are_not()
    {
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        foreach (var (minute, @event) in new (int, ForgeEvent)[]
        {
            // Targets that wait for each other: the session's time is none of theirs.
            (0, new RunStarted("r", "stig", ["a", "b"])),
            (1, new Noted("first") { Target = "a" }),
            (60, new Noted("last") { Target = "a" }),
            (400, new RunResumed(3)),
            (401, new Noted("first") { Target = "b" }),
            (460, new RunEnded(RunStatus.Stopped, "")),
            (900, new RunResumed(6)),
            (903, new Noted("last") { Target = "b" }),
        })
        {
            Take(minute, @event);
        }

        Assert.Equal((120, 123), (_clock.Earlier.TotalMinutes, _clock.Elapsed.TotalMinutes));
    }

    [Fact]
    public void A_session_begins_before_the_first_line_that_tells_of_it()
    {
        _clock.Apply(new JournalLine(1, DateTimeOffset.MinValue, new Contacted("login", 4), ""), 4);

        Assert.Equal(4, _clock.Elapsed.TotalSeconds);
    }

    private void Take(int minute, ForgeEvent e) => _clock.Apply(new JournalLine(++_sequence, DateTimeOffset.UnixEpoch.AddMinutes(minute), e, ""));
}
