namespace Forge.Core.Loop;

/// <summary>How many changes go into the next batch: it doubles while nearly all of a batch holds, and halves where the machine or another item suffered.</summary>
public sealed class BatchWidth
{
    /// <summary>Most changes in one batch: one script of a few hundred KiB, and a verification that a person can still read.</summary>
    public const int Most = 64;

    /// <summary>Most changes in a batch with one that can lock out: one that fails takes back those after it that share its file, and each undo costs as much as the change.</summary>
    internal const int MostWithLockout = 8;

    private const double GoodShare = 0.75;

    /// <summary>Changes in the next batch, 1 to <see cref="Most"/>.</summary>
    public int Current { get; private set; } = 4;

    /// <summary>Takes how a batch ended.</summary>
    /// <param name="size">Changes in it, at least 1.</param>
    /// <param name="kept">How many of them were kept, 0 to <paramref name="size"/>.</param>
    /// <param name="suffered">Whether the machine was unhealthy after it or another item turned red.</param>
    public void Note(int size, int kept, bool suffered)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, size);
        Current = suffered ? Math.Max(1, Math.Min(size, Current) / 2)
            : kept >= GoodShare * size ? Math.Min(Most, Math.Max(Current, size) * 2)
            : Current;
    }
}
