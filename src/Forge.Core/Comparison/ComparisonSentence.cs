using System.Globalization;
using Forge.Core.Statistics;

namespace Forge.Core.Comparison;

/// <summary>A comparison in plain words.</summary>
internal static class ComparisonSentence
{
    /// <summary>The words with which nothing is claimed.</summary>
    public const string NoDifference = "No difference that the data can show";

    /// <summary>The sentence.</summary>
    /// <param name="comparison">The figures.</param>
    /// <param name="repeats">Results of an item on either side, at most.</param>
    public static string Of(RunComparison comparison, int repeats)
    {
        var claim = new PairedClaim(new PairedTable(comparison.Both, comparison.OnlyReference, comparison.OnlyDifference, comparison.Neither));
        List<string> sentences =
        [
            $"{claim.Words}: of {Count(comparison.Pairs, "item", "items")} in both, the reference fixed {comparison.Reference.Fixed} and the difference "
            + $"{comparison.Difference.Fixed} ({comparison.OnlyReference} only the one, {comparison.OnlyDifference} only the other; {claim.Figures}).",
        ];
        sentences.AddRange(claim.Limits("item", "items"));
        if (repeats > 1)
        {
            sentences.Add($"An item counts once, as most of its up to {repeats} results on each side.");
        }

        foreach (var (side, name) in new[] { (comparison.Reference, "reference"), (comparison.Difference, "difference") })
        {
            if (side.CutShort.Count > 0)
            {
                sentences.Add($"What the {name} did not reach is left out: {string.Join(", ", side.CutShort)} ended early.");
            }
        }

        if (comparison.Difference.Regressions > comparison.Reference.Regressions)
        {
            sentences.Add(
                $"Against that, {Count(comparison.Difference.Regressions, "item", "items")} that passed before {(comparison.Difference.Regressions == 1 ? "fails" : "fail")} "
                + $"after the difference ({comparison.Reference.Regressions} after the reference).");
        }

        return string.Join(' ', sentences);
    }

    /// <summary>A verdict within a sentence.</summary>
    public static string Words(ComparisonVerdict verdict) => verdict == ComparisonVerdict.NoDifferenceShown ? "no difference that the data can show" : verdict.ToString().ToLowerInvariant();

    /// <summary>A p value with three significant digits: <c>p = 0.0312</c>.</summary>
    public static string P(double value) => value < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {value:G3}");

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
