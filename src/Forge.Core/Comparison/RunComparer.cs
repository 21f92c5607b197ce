using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Statistics;

namespace Forge.Core.Comparison;

/// <summary>Compares runs by the items that they have in common, and claims no more than the data can show. Pure.</summary>
public static class RunComparer
{
    /// <summary>Compares one run or set of runs with another.</summary>
    /// <param name="reference">What is compared against, at least one run.</param>
    /// <param name="difference">What is compared, at least one run.</param>
    /// <exception cref="ForgeException">
    /// Ids <c>RunGivenTwice</c>, <c>RunNotEnded</c>, <c>NothingToCompare</c> (no item of one platform and skill in both).
    /// </exception>
    public static RunComparison Compare(IReadOnlyList<RunRecord> reference, IReadOnlyList<RunRecord> difference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        Check([.. reference, .. difference]);
        var circumstances = Circumstances.Compare(reference, difference);
        var pairing = Pairing.Of(reference, difference, circumstances.Select(c => c.Name).ToList());
        var pairs = pairing.Pairs;
        var table = new PairedTable(
            pairs.Count(p => p.FixedInReference && p.FixedInDifference),
            pairs.Count(p => p.FixedInReference && !p.FixedInDifference),
            pairs.Count(p => !p.FixedInReference && p.FixedInDifference),
            pairs.Count(p => !p.FixedInReference && !p.FixedInDifference));
        var claim = new PairedClaim(table);
        var comparison = new RunComparison
        {
            Verdict = claim.Verdict,
            Sentence = "",
            Reference = SideOf(reference, pairs, p => p.Reference),
            Difference = SideOf(difference, pairs, p => p.Difference),
            Pairs = table.Pairs,
            Both = table.Both,
            OnlyReference = table.OnlyFirst,
            OnlyDifference = table.OnlySecond,
            Neither = table.Neither,
            Change = table.Difference,
            ChangeInterval = claim.ChangeInterval,
            PValue = claim.PValue,
            Time = TimesOf(pairs),
            Disagreements = [.. pairs.Where(p => p.FixedInReference != p.FixedInDifference)],
            LeftOut = pairing.LeftOut,
            Circumstances = [.. circumstances.Select(c => c.ToString())],
        };
        return comparison with { Sentence = ComparisonSentence.Of(comparison, pairs.Max(p => p.Reference.Count)) };
    }

    /// <summary>Better or worse only where the test and the interval both say so.</summary>
    internal static ComparisonVerdict Judge(PairedTable table, double pValue, Interval interval) =>
        pValue >= ExactSignTest.Level || interval.Contains(0) ? ComparisonVerdict.NoDifferenceShown
        : table.Difference > 0 ? ComparisonVerdict.Better
        : ComparisonVerdict.Worse;

    private static void Check(IReadOnlyList<RunRecord> runs)
    {
        if (runs.GroupBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ForgeException(
                "RunGivenTwice", ForgeErrorKind.BadInput, $"The run '{twice.Key}' is given more than once; compared with itself nothing differs.",
                "Name each run once; Get-ForgeRun lists them.", twice.Key);
        }

        foreach (var run in runs)
        {
            if (run.Summary is null || run.Status is RunStatus.Running or RunStatus.Abandoned or RunStatus.Stopped)
            {
                throw new ForgeException(
                    "RunNotEnded", ForgeErrorKind.BadInput,
                    $"The run '{run.Id}' has not come to its end ({run.Status}), so what it did not reach would count as not fixed.",
                    run.Status == RunStatus.Running ? "Wait for its end." : $"Let it go on with Resume-ForgeRun {run.Id}, or compare another run.", run.Id);
            }
        }
    }

    private static ComparedSide SideOf(IReadOnlyList<RunRecord> runs, IReadOnlyList<PairedItem> pairs, Func<PairedItem, IReadOnlyList<Loop.ItemResult>> side)
    {
        bool Attempted(PairedItem pair) => PairedItem.Most(side(pair), r => r.Attempts > 0);
        bool Fixed(PairedItem pair) => PairedItem.Most(side(pair), PairedItem.IsFixed);
        return new()
        {
            Runs = [.. runs.OrderBy(r => r.StartedAt).ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Id)],
            CutShort = [.. runs.Where(r => r.Status is RunStatus.Failed or RunStatus.TargetLost).Select(r => r.Id)],
            Items = pairs.Count,
            Attempted = pairs.Count(Attempted),
            Fixed = pairs.Count(Fixed),
            FixedOfAttempted = pairs.Count(p => Attempted(p) && Fixed(p)),
            Regressions = runs.Sum(r => r.Summary!.Targets.Sum(t => t.Regressions.Count)),
            FalseSuccesses = runs.Sum(r => r.Summary!.Targets.Sum(t => t.FalseSuccesses)),
        };
    }

    private static ItemTimes? TimesOf(IReadOnlyList<PairedItem> pairs)
    {
        double[] differences = [.. pairs
            .Where(p => p.Reference.Concat(p.Difference).All(r => r.Attempts > 0))
            .Select(p => Median.Of(p.Difference.Select(r => r.Elapsed.TotalSeconds)) - Median.Of(p.Reference.Select(r => r.Elapsed.TotalSeconds)))];
        return differences.Length == 0
            ? null
            : new(differences.Length, Median.Of(differences), differences.Count(d => d < 0), differences.Count(d => d > 0));
    }
}
