using System.Globalization;

namespace Forge.Core.Statistics;

/// <summary>A confidence interval of a share, or of a difference of two shares.</summary>
/// <param name="Low">Lower limit: 0 to 1 for a share, -1 to 1 for a difference.</param>
/// <param name="High">Upper limit, never below <paramref name="Low"/>.</param>
public sealed record Interval(double Low, double High)
{
    /// <summary>The 97.5 % point of the standard normal distribution: every interval of Forge covers 95 %.</summary>
    internal const double Normal975 = 1.959963984540054;

    /// <summary>Whether a value lies in it; its limits do.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>In percent (of a difference: percentage points) with one decimal: <c>78.6 to 88.4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low * 100:0.0} to {High * 100:0.0}");
}
