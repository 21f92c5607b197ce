namespace Forge.Core.Statistics;

/// <summary>
/// The 95 % interval of one share. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212;
/// method 3 of R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998) 857-872.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The interval.</summary>
    /// <param name="count">How many have the property, 0 to <paramref name="of"/>.</param>
    /// <param name="of">Out of how many; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is nothing to take a share of, or the count is outside it.</exception>
    public static Interval Of(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        const double Z = Interval.Normal975;
        var (n, p) = ((double)of, (double)count / of);
        var centre = p + (Z * Z / (2 * n));
        var half = Z * Math.Sqrt(((p * (1 - p)) + (Z * Z / (4 * n))) / n);
        var scale = 1 + (Z * Z / n);

        // At the ends the limit is exact; the formula misses it by a rounding error.
        return new(count == 0 ? 0 : Math.Min(p, (centre - half) / scale), count == of ? 1 : Math.Max(p, (centre + half) / scale));
    }
}
