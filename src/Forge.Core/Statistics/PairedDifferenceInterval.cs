namespace Forge.Core.Statistics;

/// <summary>
/// The 95 % interval of the difference of two shares over the same items: the limits of Wilson's two intervals, squared and added, less what the correlation
/// of the pairs takes away. Source: method 10 of R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
/// paired data", Statistics in Medicine 17 (1998) 2635-2650. Chosen over Tango's score interval because it is a closed formula that can be done again by hand.
/// </summary>
public static class PairedDifferenceInterval
{
    /// <summary>The interval of the second share less the first.</summary>
    /// <param name="table">The pairs.</param>
    public static Interval Of(PairedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (n, first, second) = ((double)table.Pairs, (double)table.First / table.Pairs, (double)table.Second / table.Pairs);
        var (one, two) = (WilsonInterval.Of(table.First, table.Pairs), WilsonInterval.Of(table.Second, table.Pairs));
        var phi = Phi(table, n);
        return new(
            Math.Max(-1, table.Difference - SquareAndAdd(second - two.Low, one.High - first, phi)),
            Math.Min(1, table.Difference + SquareAndAdd(two.High - second, first - one.Low, phi)));
    }

    /// <summary>
    /// The correlation of the pairs, -1 to 1, with Newcombe's correction: a positive numerator loses half the number of pairs, down to 0; where a margin
    /// is empty there is no correlation and it is 0.
    /// </summary>
    private static double Phi(PairedTable table, double n)
    {
        double first = table.First, second = table.Second;
        var margins = first * (n - first) * second * (n - second);
        if (margins == 0)
        {
            return 0;
        }

        var numerator = ((double)table.Both * table.Neither) - ((double)table.OnlyFirst * table.OnlySecond);
        return (numerator > 0 ? Math.Max(numerator - (n / 2), 0) : numerator) / Math.Sqrt(margins);
    }

    // A rounding error must not turn a sum that is 0 into the root of a negative number.
    private static double SquareAndAdd(double a, double b, double phi) => Math.Sqrt(Math.Max(0, (a * a) - (2 * phi * a * b) + (b * b)));
}
