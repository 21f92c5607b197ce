namespace Forge.Core.Statistics;

/// <summary>
/// The natural logarithm of the gamma function for positive arguments, good to about 1e-14 of its value. Source: Stirling's series, M. Abramowitz and
/// I. A. Stegun, "Handbook of Mathematical Functions" (1964), 6.1.41; small arguments are lifted by 6.1.15 to where the series is good.
/// </summary>
internal static class LogGamma
{
    private const double Lifted = 15;

    private static readonly double[] Coefficients = [1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12];

    /// <summary>ln gamma(x); ln (n!) is that of n + 1.</summary>
    /// <param name="x">Above 0.</param>
    public static double Of(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        var product = 1.0;
        for (; x < Lifted; x++)
        {
            product *= x;
        }

        var inverse = 1 / (x * x);
        var series = 0.0;
        foreach (var coefficient in Coefficients)
        {
            series = (series * inverse) + coefficient;
        }

        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x) - Math.Log(product);
    }
}
