using System.Diagnostics;
using System.Management.Automation;

namespace Forge.Cmdlets.Hosting;

/// <summary>Keeps the newest progress of each activity and lets at most ten a second through.</summary>
internal sealed class ProgressGate
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ProgressRecord> _waiting = [];
    private readonly Dictionary<int, ProgressRecord> _open = [];
    private readonly Dictionary<int, long> _shownAt = [];

    /// <summary>Whether something waits to be shown.</summary>
    internal bool IsWaiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Takes a record.</summary>
    /// <returns>True if the pipeline thread has to look: it can be shown at once, or it is the first that waits and nobody watches the clock for it yet.</returns>
    internal bool Offer(ProgressRecord record)
    {
        lock (_lock)
        {
            bool isFirst = _waiting.Count == 0;
            _waiting[record.ActivityId] = record;
            return isFirst || IsDue(record);
        }
    }

    /// <summary>Shows what is due; on the pipeline thread.</summary>
    internal void Flush(Cmdlet cmdlet)
    {
        foreach (ProgressRecord record in Take())
        {
            cmdlet.WriteProgress(record);
        }
    }

    /// <summary>Completes every activity that is still open, children first; on the pipeline thread.</summary>
    internal void Close(Cmdlet cmdlet)
    {
        ProgressRecord[] open;
        lock (_lock)
        {
            _waiting.Clear();
            open = [.. _open.Values.OrderByDescending(record => record.ActivityId)];
            _open.Clear();
        }

        foreach (ProgressRecord record in open)
        {
            cmdlet.WriteProgress(new ProgressRecord(record.ActivityId, record.Activity, "Done")
            {
                ParentActivityId = record.ParentActivityId,
                RecordType = ProgressRecordType.Completed,
            });
        }
    }

    private List<ProgressRecord> Take()
    {
        lock (_lock)
        {
            List<ProgressRecord> due = [.. _waiting.Values.Where(IsDue).OrderBy(record => record.ActivityId)];
            foreach (ProgressRecord record in due)
            {
                _waiting.Remove(record.ActivityId);
                _shownAt[record.ActivityId] = Stopwatch.GetTimestamp();
                if (record.RecordType == ProgressRecordType.Completed)
                {
                    _open.Remove(record.ActivityId);
                }
                else
                {
                    _open[record.ActivityId] = record;
                }
            }

            return due;
        }
    }

    private bool IsDue(ProgressRecord record)
        => record.RecordType == ProgressRecordType.Completed
            || !_shownAt.TryGetValue(record.ActivityId, out long shown)
            || Stopwatch.GetElapsedTime(shown) >= Interval;
}
