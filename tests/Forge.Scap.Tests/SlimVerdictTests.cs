using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Results;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

/// <summary>Verdicts on this very machine. A sample runs always; all rules run where FORGE_TEST_SLOW is 1 (half an hour on a machine
/// with many files), all but those that walk file systems where it names one of the two ways (some minutes).</summary>
public sealed class SlimVerdictTests
{
    // These walk whole file systems, minutes each on a machine with many files.
    private static readonly string[] Slow = ["ungroupowned", "unowned", "unauthorized", "audit_rules_privileged", "dir_perms_world"];

    [Fact]
    public void A_sample_of_rules_has_the_verdicts_of_the_full_stream()
    {
        var path = Fixtures.Content("debian12");
        var profile = ProfileResolver.Resolve(DataStreamReader.Read(path), Fixtures.Level2);
        var rules = profile.Rules
            .Select(r => r.Rule.Id)
            .Where(id => !Slow.Any(walker => id.Contains(walker, StringComparison.Ordinal)))
            .Where((_, i) => i % 20 == 0)
            .ToList();
        SlimComparison.Run(SlimDataStreamCutter.Open(path), profile, path, rules);
    }

    [Theory]
    [InlineData("as it is", false)]
    [InlineData("without platforms", true)]
    public void All_rules_have_the_verdicts_of_the_full_stream(string how, bool withoutPlatforms)
    {
        var slow = Environment.GetEnvironmentVariable("FORGE_TEST_SLOW") ?? "";
        Assert.SkipUnless(slow == "1" || slow == how, $"set FORGE_TEST_SLOW to 1 or to '{how}' to compare all rules; it takes long");
        var path = Fixtures.Content("debian12");
        using var folder = new TemporaryFolder();
        if (withoutPlatforms)
        {
            // In a container most rules do not apply; without their platforms each one is really evaluated.
            var everywhere = folder.File("everywhere-ds.xml");
            File.WriteAllLines(everywhere, File.ReadLines(path).Where(l => !l.Contains("<xccdf-1.2:platform ", StringComparison.Ordinal)));
            path = everywhere;
        }

        var profile = ProfileResolver.Resolve(DataStreamReader.Read(path), Fixtures.Level2);
        var rules = profile.Rules.Select(r => r.Rule.Id).Where(id => slow == "1" || !Slow.Any(walker => id.Contains(walker, StringComparison.Ordinal))).ToList();
        SlimComparison.Run(SlimDataStreamCutter.Open(path), profile, path, rules);
    }
}
