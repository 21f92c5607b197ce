using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Runs;

namespace Forge.Store.Index;

/// <summary>Takes the new lines of a run's journal into the index. Rebuilding is the same from the start, so that the two cannot differ.</summary>
internal static class RunFollower
{
    /// <summary>Follows a run from where it was left.</summary>
    /// <returns>Why the journal could not be read to its end; null where it could.</returns>
    public static string? Follow(IndexWriter writer, RunFolder folder, IndexedState seen)
    {
        var record = RunRecordFile.ReadStoredOrFallback(folder);
        try
        {
            return Take(writer, folder, record, seen);
        }
        catch (ForgeException e) when (e.Id == "JournalDamaged" && seen.Position.Sequence > 0)
        {
            // The file is not the one that was followed: everything of this run is taken in again.
            writer.Remove(folder.RunId);
            return Take(writer, folder, record, IndexedState.New(folder.RunId));
        }
    }

    private static string? Take(IndexWriter writer, RunFolder folder, RunRecord record, IndexedState seen)
    {
        var recordTicks = File.GetLastWriteTimeUtc(folder.Record).Ticks;
        if (!File.Exists(folder.Events))
        {
            writer.Put(record, seen with { JournalLength = 0, RecordTicks = recordTicks });
            return null;
        }

        var length = new FileInfo(folder.Events).Length;
        if (length < seen.Position.Offset)
        {
            writer.Remove(folder.RunId);
            seen = IndexedState.New(folder.RunId);
        }

        // First the parent row, then what refers to it.
        writer.Put(record, seen with { JournalLength = length, RecordTicks = recordTicks });
        using var reader = new JournalReader(folder, seen.Position, strict: false);
        string? fault = null;
        try
        {
            while (reader.Next() is { } line)
            {
                writer.Put(folder.RunId, line);
            }
        }
        catch (ForgeException e) when (e.Id == "JournalDamaged" && seen.Position.Sequence == 0)
        {
            fault = e.Message;
        }

        writer.Put(record, new(reader.Position, length, recordTicks, fault));
        return fault;
    }
}
