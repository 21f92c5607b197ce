namespace Forge.Core.Statistics;

/// <summary>
/// The exact two-sided test of "either way is as likely": twice the smaller tail of the binomial distribution with a half, at most 1. On the discordant pairs
/// of a 2 by 2 table it is McNemar's exact test. Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
/// percentages", Psychometrika 12 (1947) 153-157, in the exact form of P. Armitage, G. Berry and J. N. S. Matthews, "Statistical Methods in Medical Research",
/// 4th edition (2002), section 4.5.
/// </summary>
public static class ExactSignTest
{
    /// <summary>Below this a p value counts as significant.</summary>
    public const double Level = 0.05;

    /// <summary>The least number of pairs that differ with which any outcome can be significant: all six one way give p = 2/64.</summary>
    public const int LeastForSignificance = 6;

    /// <summary>The p value, 0 to 1; 1 where nothing differs.</summary>
    /// <param name="oneWay">Pairs that differ one way.</param>
    /// <param name="otherWay">Pairs that differ the other way.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double PValue(int oneWay, int otherWay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oneWay);
        ArgumentOutOfRangeException.ThrowIfNegative(otherWay);
        if (oneWay == otherWay)
        {
            return 1;
        }

        double n = (double)oneWay + otherWay;
        var least = Math.Min(oneWay, otherWay);

        // The largest term by logarithms, so that no power over- or underflows; each further one from the last, until it no longer counts.
        var largest = Math.Exp(LogGamma.Of(n + 1) - LogGamma.Of(least + 1.0) - LogGamma.Of(n - least + 1) - (n * Math.Log(2)));
        var (sum, term) = (1.0, 1.0);
        for (var k = least; k > 0 && term > sum * 1e-18; k--)
        {
            term *= k / (n - k + 1);
            sum += term;
        }

        return Math.Min(1, 2 * largest * sum);
    }

    /// <summary>McNemar's exact test of a table.</summary>
    /// <param name="table">The pairs; only those that differ count.</param>
    public static double McNemar(PairedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return PValue(table.OnlyFirst, table.OnlySecond);
    }
}
