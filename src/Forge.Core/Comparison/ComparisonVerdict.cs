namespace Forge.Core.Comparison;

/// <summary>What a comparison of runs may say.</summary>
public enum ComparisonVerdict
{
    /// <summary>No difference that the data can show. That is not "the same": the interval says how large a difference may be.</summary>
    NoDifferenceShown,

    /// <summary>The difference runs fixed more than the reference runs.</summary>
    Better,

    /// <summary>The difference runs fixed less than the reference runs.</summary>
    Worse,
}
