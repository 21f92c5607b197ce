using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Store.Runs;

/// <summary>Reads and writes <c>run.json</c>.</summary>
internal sealed class RunRecordFile(RunStoreOptions options)
{
    private readonly JsonSerializerOptions _json = StoreJson.Files(options.Redactor);

    public void Write(RunFolder folder, RunRecord run)
    {
        try
        {
            DurableFile.Write(folder.Record, JsonSerializer.SerializeToUtf8Bytes(run, _json));
        }
        catch (DirectoryNotFoundException)
        {
            throw folder.NotFound();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.Failed(folder, "run.json cannot be written", e);
        }
    }

    /// <summary>Reads a run; one that says it is running whose process is gone is abandoned.</summary>
    /// <exception cref="ForgeException">Ids <c>RunNotFound</c>, <c>RunRecordDamaged</c>.</exception>
    public static RunRecord Read(RunFolder folder)
    {
        // Asked before the file is read: a process that ends in between has written its last word by then.
        var alive = RunLock.LiveOwnerOf(folder) is not null;
        var run = ReadStored(folder);
        return run.Status == RunStatus.Running && !alive
            ? run with { Status = RunStatus.Abandoned, Reason = "Its process is gone without an end; Resume-ForgeRun goes on with it." }
            : run;
    }

    /// <summary>Reads a run for a list: one with a damaged record is shown with what its folder's name says and the reason.</summary>
    public static RunRecord ReadForList(RunFolder folder) => OrFallback(folder, Read);

    /// <summary>As the file says it, for the index; else as <see cref="ReadForList"/>.</summary>
    public static RunRecord ReadStoredOrFallback(RunFolder folder) => OrFallback(folder, ReadStored);

    private static RunRecord ReadStored(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(folder.Record), StoreJson.Reading) ?? throw new JsonException("it holds nothing.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw folder.Exists ? Damaged(folder, "is missing", e) : folder.NotFound();
        }
        catch (JsonException e)
        {
            throw Damaged(folder, "cannot be read: " + e.Message, e);
        }
    }

    private static RunRecord OrFallback(RunFolder folder, Func<RunFolder, RunRecord> read)
    {
        try
        {
            return read(folder);
        }
        catch (ForgeException e) when (e.Id == "RunRecordDamaged")
        {
            return new()
            {
                Id = folder.RunId,
                Skill = "",
                Targets = [],
                Parameters = new Dictionary<string, string>(),
                StartedAt = Directory.GetCreationTimeUtc(folder.Root),
                Status = RunStatus.Failed,
                Reason = e.Message,
            };
        }
    }

    private static ForgeException Damaged(RunFolder folder, string what, Exception inner) =>
        new(
            "RunRecordDamaged",
            ForgeErrorKind.Corrupt,
            $"{folder.Record} {what}.",
            "Restore the file from a backup; the journal beside it still tells what was done.",
            folder.RunId,
            inner);
}
