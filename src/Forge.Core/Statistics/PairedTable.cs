namespace Forge.Core.Statistics;

/// <summary>Pairs of yes-or-no outcomes, counted: the 2 by 2 table of a paired comparison.</summary>
public sealed record PairedTable
{
    /// <summary>Counts pairs.</summary>
    /// <param name="both">Yes in both.</param>
    /// <param name="onlyFirst">Yes in the first, no in the second.</param>
    /// <param name="onlySecond">No in the first, yes in the second.</param>
    /// <param name="neither">No in both.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="ArgumentException">There is no pair at all.</exception>
    public PairedTable(int both, int onlyFirst, int onlySecond, int neither)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        ArgumentOutOfRangeException.ThrowIfNegative(neither);
        (Both, OnlyFirst, OnlySecond, Neither) = (both, onlyFirst, onlySecond, neither);
        if (Pairs == 0)
        {
            throw new ArgumentException("There are no pairs, so there is nothing to compare.");
        }
    }

    /// <summary>Yes in both.</summary>
    public int Both { get; }

    /// <summary>Yes in the first, no in the second.</summary>
    public int OnlyFirst { get; }

    /// <summary>No in the first, yes in the second.</summary>
    public int OnlySecond { get; }

    /// <summary>No in both.</summary>
    public int Neither { get; }

    /// <summary>All pairs, at least 1.</summary>
    public int Pairs => checked(Both + OnlyFirst + OnlySecond + Neither);

    /// <summary>Yes in the first.</summary>
    public int First => Both + OnlyFirst;

    /// <summary>Yes in the second.</summary>
    public int Second => Both + OnlySecond;

    /// <summary>Share of the second less that of the first, -1 to 1.</summary>
    public double Difference => ((double)OnlySecond - OnlyFirst) / Pairs;

    /// <summary>The table with first and second exchanged.</summary>
    public PairedTable Swapped => new(Both, OnlySecond, OnlyFirst, Neither);
}
