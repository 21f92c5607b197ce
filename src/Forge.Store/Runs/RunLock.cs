using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Store.Runs;

/// <summary>
/// One writer a run. The lock is the system's own on <c>run.lock</c> (flock on Unix, share mode on Windows): it ends with its process, however that ends, so a
/// stale one cannot exist. <c>run.owner.json</c> beside it names the process for messages, and decides alone where the file system has no locks.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;
    private readonly RunFolder _folder;

    private RunLock(FileStream file, RunFolder folder)
    {
        _file = file;
        _folder = folder;
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="ForgeException">Id <c>RunInUse</c>.</exception>
    public static RunLock Take(RunFolder folder)
    {
        FileStream file;
        try
        {
            file = Open(folder);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw InUse(folder, OwnerOf(folder), e);
        }

        try
        {
            if (!LocksWork(folder) && OwnerOf(folder) is { } owner && owner.IsAlive)
            {
                throw InUse(folder, owner, null);
            }

            DurableFile.Write(folder.Owner, JsonSerializer.SerializeToUtf8Bytes(ProcessIdentity.Current, StoreJson.Reading));
            return new(file, folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The process that works on a run; null where none does any more.</summary>
    public static ProcessIdentity? LiveOwnerOf(RunFolder folder) => OwnerOf(folder) is { } owner && owner.IsAlive ? owner : null;

    public void Dispose()
    {
        // The folder may have been removed under the lock.
        if (Directory.Exists(_folder.Root))
        {
            File.Delete(_folder.Owner);
        }

        _file.Dispose();
    }

    private static ProcessIdentity? OwnerOf(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<ProcessIdentity>(File.ReadAllBytes(folder.Owner), StoreJson.Reading);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private static FileStream Open(RunFolder folder) => new(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    private static bool LocksWork(RunFolder folder)
    {
        try
        {
            Open(folder).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static ForgeException InUse(RunFolder folder, ProcessIdentity? owner, Exception? inner) =>
        new(
            "RunInUse",
            ForgeErrorKind.Conflict,
            $"The run '{folder.RunId}' is in use by {(owner is null ? "another process" : $"process {owner.Id}")}.",
            "Wait until it ends, or stop it with Stop-ForgeRun.",
            folder.RunId,
            inner);
}
