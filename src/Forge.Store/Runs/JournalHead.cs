using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Store.Runs;

/// <summary>
/// How far the journal reached when it was last closed (<c>events.head.json</c>): finds lines that were lost at the end, which the chain alone cannot.
/// </summary>
/// <param name="Sequence">Number of the last line.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record JournalHead(long Sequence, string Hash)
{
    /// <summary>Writes the head; on disk when this returns.</summary>
    public static void Write(RunFolder folder, in JournalPosition at) =>
        DurableFile.Write(folder.Head, JsonSerializer.SerializeToUtf8Bytes(new JournalHead(at.Sequence, at.Hash), StoreJson.Reading));

    /// <summary>Reads the head; null where the journal was never closed. Read it before the lines: a writer may be at work.</summary>
    /// <exception cref="ForgeException">Id <c>JournalDamaged</c>.</exception>
    public static JournalHead? Read(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalHead>(File.ReadAllBytes(folder.Head), StoreJson.Reading);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new ForgeException(
                "JournalDamaged",
                ForgeErrorKind.Corrupt,
                $"{folder.Head} cannot be read: {e.Message}",
                "Restore the file from a backup.",
                folder.RunId,
                e);
        }
    }

    /// <summary>Checks that a journal that was read to its end is not shorter than it once was.</summary>
    /// <exception cref="ForgeException">Id <c>JournalDamaged</c>.</exception>
    public void Check(RunFolder folder, in JournalPosition end)
    {
        if (end.Sequence < Sequence || (end.Sequence == Sequence && end.Hash != Hash))
        {
            throw new ForgeException(
                "JournalDamaged",
                ForgeErrorKind.Corrupt,
                $"{folder.Events} ends after line {end.Sequence}, but had {Sequence} lines when it was closed.",
                "Restore the file from a backup, or keep the folder as evidence and start a new run.",
                folder.RunId);
        }
    }
}
