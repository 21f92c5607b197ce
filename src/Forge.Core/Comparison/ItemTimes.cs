using System.Globalization;

namespace Forge.Core.Comparison;

/// <summary>
/// Time an item, over the items that both sides attempted. It is described and not tested: the items of a run share its machine, what else ran there and, in
/// a batch, their very seconds, so that a test that takes them for independent would find a difference in any two runs.
/// </summary>
/// <param name="Items">Items compared.</param>
/// <param name="MedianSeconds">Median of seconds in the difference less seconds in the reference; negative is faster.</param>
/// <param name="Faster">Items that took less time in the difference.</param>
/// <param name="Slower">Items that took more.</param>
public sealed record ItemTimes(int Items, double MedianSeconds, int Faster, int Slower)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MedianSeconds:+0.00;-0.00;0.00} s an item (median of {Items}; {Faster} took less, {Slower} more; described, not tested)");
}
