using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Memory;
using Forge.Store.Runs;

namespace Forge.Store.Memory;

/// <summary>
/// Lessons of runs that were removed: <c>$FORGE_HOME/lessons.jsonl</c>, one lesson a line. Clearing old runs must not make Forge forget; with the run
/// folders this file is what memory is rebuilt from.
/// </summary>
internal sealed class LessonArchive(RunStoreOptions options)
{
    private readonly JsonSerializerOptions _json = StoreJson.Lines(options.Redactor);

    private string FilePath => Path.Combine(options.Home, "lessons.jsonl");

    /// <summary>Keeps the lessons of a run that will be removed; on disk when this returns.</summary>
    public void Keep(RunFolder folder)
    {
        var lessons = LessonsOf(folder);
        if (lessons.Count == 0)
        {
            return;
        }

        using var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        EndTornLine(file);
        foreach (var lesson in lessons)
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(lesson, _json));
            file.Write("\n"u8);
        }

        file.Flush(flushToDisk: true);
        DurableFile.FlushFolder(options.Home);
    }

    /// <summary>All lessons; what cannot be read is told.</summary>
    public IReadOnlyList<Tip> Read(ICollection<string> faults)
    {
        if (!File.Exists(FilePath))
        {
            return [];
        }

        var lessons = new List<Tip>();
        var number = 0;
        foreach (var line in File.ReadLines(FilePath))
        {
            number++;
            try
            {
                if (line.Length > 0)
                {
                    lessons.Add(JsonSerializer.Deserialize<Tip>(line, StoreJson.Reading) ?? throw new JsonException("it holds nothing."));
                }
            }
            catch (JsonException e)
            {
                faults.Add($"{FilePath}, line {number}: {e.Message}");
            }
        }

        return lessons;
    }

    private static List<Tip> LessonsOf(RunFolder folder)
    {
        var lessons = new List<Tip>();
        if (!File.Exists(folder.Events))
        {
            return lessons;
        }

        using var reader = new JournalReader(folder, JournalPosition.Start(folder.RunId), strict: false);
        try
        {
            while (reader.Next() is { } line)
            {
                if (line.Event is LessonLearned { Tip: var tip })
                {
                    lessons.Add(tip);
                }
            }
        }
        catch (ForgeException e) when (e.Id == "JournalDamaged")
        {
            // A damaged run may be removed too; what its journal still proves is kept.
        }

        return lessons;
    }

    private static void EndTornLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.Write("\n"u8);
            }
        }

        file.Seek(0, SeekOrigin.End);
    }
}
