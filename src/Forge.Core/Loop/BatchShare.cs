using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Each item's part of a batch's time: what its own script took, and an equal part of all that was done for all.</summary>
/// <param name="scribe">Measures.</param>
/// <param name="start">Start of the batch.</param>
/// <param name="count">Items in it.</param>
/// <param name="statuses">What the host said of them.</param>
internal sealed class BatchShare(RunScribe scribe, long start, int count, IEnumerable<OperationStatus> statuses)
{
    private readonly Dictionary<string, TimeSpan> _own = statuses.ToDictionary(s => s.Id.Value, s => s.Elapsed, StringComparer.Ordinal);
    private TimeSpan _whole = TimeSpan.FromSeconds(scribe.SecondsSince(start));

    /// <summary>Counts what has passed by now: the verification is done.</summary>
    public void Judged() => _whole = TimeSpan.FromSeconds(scribe.SecondsSince(start));

    /// <summary>The part of an operation.</summary>
    public TimeSpan Of(OperationId id)
    {
        var common = _whole - _own.Values.Aggregate(TimeSpan.Zero, (sum, e) => sum + e);
        return _own.GetValueOrDefault(id.Value) + (common > TimeSpan.Zero ? common / count : TimeSpan.Zero);
    }
}
