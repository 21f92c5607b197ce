using System.Globalization;
using Forge.Core.Statistics;

namespace Forge.Core.Comparison;

/// <summary>What a table of pairs allows to be said, and in which words: the one place for it, whatever is compared.</summary>
/// <param name="Table">The pairs.</param>
internal sealed record PairedClaim(PairedTable Table)
{
    /// <summary>McNemar's exact test, two-sided, 0 to 1.</summary>
    public double PValue { get; } = ExactSignTest.McNemar(Table);

    /// <summary>95 % interval of the difference.</summary>
    public Interval ChangeInterval { get; } = PairedDifferenceInterval.Of(Table);

    /// <summary>The verdict.</summary>
    public ComparisonVerdict Verdict => RunComparer.Judge(Table, PValue, ChangeInterval);

    /// <summary>The verdict in words that begin a sentence.</summary>
    public string Words => Verdict == ComparisonVerdict.NoDifferenceShown ? ComparisonSentence.NoDifference : Verdict.ToString();

    /// <summary>The figures that it rests on.</summary>
    public string Figures => string.Create(
        CultureInfo.InvariantCulture,
        $"{Table.Difference * 100:+0.0;-0.0;0.0} points, 95 % interval {ChangeInterval}, exact McNemar {ComparisonSentence.P(PValue)}");

    /// <summary>Why nothing could be shown, where that was clear from the start.</summary>
    /// <param name="one">What is counted, one of it.</param>
    /// <param name="many">Several of it.</param>
    public IEnumerable<string> Limits(string one, string many)
    {
        var differ = Table.OnlyFirst + Table.OnlySecond;
        if (Table.Pairs < ExactSignTest.LeastForSignificance)
        {
            yield return $"With {Table.Pairs} {(Table.Pairs == 1 ? one : many)} no outcome could have shown one: at least {ExactSignTest.LeastForSignificance} must differ.";
        }
        else if (differ > 0 && differ < ExactSignTest.LeastForSignificance)
        {
            yield return $"Only {differ} {(differ == 1 ? $"{one} differs" : $"{many} differ")}; fewer than {ExactSignTest.LeastForSignificance} can never show one.";
        }
        else if (Verdict == ComparisonVerdict.NoDifferenceShown && (PValue < ExactSignTest.Level) == ChangeInterval.Contains(0))
        {
            yield return "The test and the interval do not agree, so nothing is claimed.";
        }
    }
}
