using System.Diagnostics;
using Forge.Scap.Profiles;
using Forge.Scap.Results;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

/// <summary>Compares verdicts of slim streams with those of the full one, by the real scanner on this machine.</summary>
internal static class SlimComparison
{
    /// <summary>Compares a set at once and each rule alone; fails with all that differs.</summary>
    public static void Run(SlimDataStreamCutter cutter, ResolvedProfile profile, string path, IReadOnlyList<string> rules, bool validate = false)
    {
        var full = Oscap.Evaluate(path, profile.Id, [.. rules]);
        var differences = new List<string>();
        var alone = new List<double>();
        Compare(rules, cutter, profile, full, differences, validate);
        Parallel.ForEach(rules, new ParallelOptions { MaxDegreeOfParallelism = 2 }, rule =>
        {
            var watch = Stopwatch.StartNew();
            var own = new List<string>();
            Compare([rule], cutter, profile, full, own, validate);
            lock (alone)
            {
                alone.Add(watch.Elapsed.TotalMilliseconds);
                differences.AddRange(own);
            }
        });
        alone.Sort();
        TestContext.Current.SendDiagnosticMessage(
            $"{rules.Count} rules, {differences.Count} disagreements, one rule: median {alone[alone.Count / 2]:F0} ms, slowest {alone[^1]:F0} ms");
        Assert.Empty(differences);
    }

    private static void Compare(
        IReadOnlyList<string> rules, SlimDataStreamCutter cutter, ResolvedProfile profile, XccdfResults full, List<string> differences, bool validate)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("slim.xml");
        SlimCut cut;
        using (var output = File.Create(file))
        {
            cut = cutter.Cut(rules, profile, output);
        }

        Assert.Null(cut.Reason);
        if (validate)
        {
            var (exitCode, _, error) = Oscap.Run("ds", "sds-validate", file);
            Assert.True(exitCode == 0, error);
        }

        // The whole of the slim stream and the rule alone must say the same.
        var slim = Oscap.Evaluate(file, cut.ProfileId);
        Assert.Equal(rules.Count, slim.Rules.Count);
        foreach (var rule in rules)
        {
            if (slim.ByRule[rule].Outcome != full.ByRule[rule].Outcome)
            {
                differences.Add($"{rule}: {slim.ByRule[rule].Outcome} among {rules.Count}, {full.ByRule[rule].Outcome} in full");
            }
        }
    }
}
