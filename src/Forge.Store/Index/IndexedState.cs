using Forge.Store.Runs;

namespace Forge.Store.Index;

/// <summary>How far the index has followed a run.</summary>
/// <param name="Position">Journal position after the last line that was taken in.</param>
/// <param name="JournalLength">Length of the journal file then, bytes.</param>
/// <param name="RecordTicks">Time of writing of <c>run.json</c> then, UTC ticks.</param>
/// <param name="Fault">Why the journal could not be followed further; null where it could.</param>
internal readonly record struct IndexedState(JournalPosition Position, long JournalLength, long RecordTicks, string? Fault)
{
    /// <summary>A run that was never seen.</summary>
    public static IndexedState New(string runId) => new(JournalPosition.Start(runId), -1, 0, null);

    /// <summary>Whether nothing on disk has changed since.</summary>
    public bool IsCurrent(RunFolder folder)
    {
        var events = new FileInfo(folder.Events);
        return JournalLength == (events.Exists ? events.Length : 0) && RecordTicks == File.GetLastWriteTimeUtc(folder.Record).Ticks;
    }
}
