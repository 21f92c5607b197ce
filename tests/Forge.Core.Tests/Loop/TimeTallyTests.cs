using Forge.Core.Evaluation;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Targets;

namespace Forge.Core.Tests.Loop;

public sealed class TimeTallyTests
{
    [Fact]
    public void All_that_waits_for_the_target_is_the_targets_and_only_the_rest_the_harness()
    {
        var tally = new TimeTally();
        foreach (var e in new ForgeEvent[]
        {
            new TargetConnected(Facts, 1, "host-journal", 2),
            new Contacted("what the scanner lacks", 3),
            new ScanEnded("before", new ScanCounts(0, 0, 0, 0, 0), new Dictionary<string, VerdictKind>(), null, 40, new Dictionary<string, string>()),
            new Probed(true, [], "", 5),
            new CheckpointDropped("baseline", 7),
            new RebootEnded("boot-2", "6.1.0", 11),
            new Noted("nothing"),
        })
        {
            tally.Apply(new JournalLine(1, default, e, ""));
        }

        var split = tally.Split(TimeSpan.FromSeconds(70));

        Assert.Equal(TimeSpan.FromSeconds(40), split.Scanner);
        Assert.Equal(TimeSpan.FromSeconds(17), split.Target);
        Assert.Equal(TimeSpan.FromSeconds(11), split.Reboot);
        Assert.Equal(TimeSpan.FromSeconds(2), split.Harness);
    }

    private static HostFacts Facts => new() { OsId = "debian", OsVersion = "12", OsName = "Debian", Architecture = "x86_64", Kernel = "6.1", BootId = "1", Virtualization = "none", FreeBytes = 1, TotalBytes = 2, Clock = DateTimeOffset.UnixEpoch };
}
