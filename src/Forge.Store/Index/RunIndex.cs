using Forge.Core.Errors;
using Forge.Core.Loop;
using Forge.Store.Memory;
using Forge.Store.Runs;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Index;

/// <summary>
/// Index over the run folders: <c>$FORGE_HOME/forge.db</c> (SQLite, write-ahead log). It holds nothing that the folders do not: it can be deleted at any time,
/// and a damaged one is set aside and built again. Thread-safe; several processes may use it at once. SQLite is loaded at the first use.
/// </summary>
public sealed class RunIndex : IAsyncDisposable
{
    private readonly RunStoreOptions _options;
    private readonly LessonArchive _archive;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<string> _notes = [];
    private SqliteConnection? _connection;

    /// <summary>Makes an index; touches no disk and loads no library yet.</summary>
    /// <param name="options">The same options that the run store has.</param>
    public RunIndex(RunStoreOptions options)
    {
        _options = options;
        _archive = new(options);
    }

    /// <summary>Path of the file.</summary>
    public string FilePath => Path.Combine(_options.Home, "forge.db");

    /// <summary>What people should know of this object's work so far: damaged files, built anew. One sentence each.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
            {
                return [.. _notes];
            }
        }
    }

    /// <summary>Takes in what is new in all run folders, and forgets runs whose folder is gone.</summary>
    /// <exception cref="ForgeException">Ids <c>IndexFailed</c>, <c>IndexNewer</c>, <c>SqliteMissing</c>.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) =>
        UseAsync(connection => InTransaction(connection, writer => CatchUpAll(writer, cancellationToken)), cancellationToken);

    /// <summary>Takes in what is new in one run folder; a folder that is gone is forgotten.</summary>
    /// <exception cref="ForgeException">As <see cref="CatchUpAsync(CancellationToken)"/>.</exception>
    public Task CatchUpAsync(string runId, CancellationToken cancellationToken) =>
        UseAsync(connection => InTransaction(connection, writer => CatchUpOne(writer, runId)), cancellationToken);

    /// <summary>Builds all tables anew from the run folders. Others see the old content until it is complete.</summary>
    /// <exception cref="ForgeException">As <see cref="CatchUpAsync(CancellationToken)"/>.</exception>
    public Task<IndexRebuild> RebuildAsync(CancellationToken cancellationToken) =>
        UseAsync(connection => Rebuild(connection, cancellationToken), cancellationToken);

    /// <summary>Items of the runs that were taken in, newest run first, then by target and item.</summary>
    /// <exception cref="ForgeException">As <see cref="CatchUpAsync(CancellationToken)"/>.</exception>
    public Task<IReadOnlyList<ItemResult>> FindItemsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        UseAsync(connection => IndexQueries.Items(connection, query), cancellationToken);

    /// <summary>Changes of one run that were taken in, in the order of their intents.</summary>
    /// <exception cref="ForgeException">As <see cref="CatchUpAsync(CancellationToken)"/>.</exception>
    public Task<IReadOnlyList<IndexedOperation>> FindOperationsAsync(string runId, CancellationToken cancellationToken) =>
        UseAsync(connection => IndexQueries.Operations(connection, runId), cancellationToken);

    /// <summary>Closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _connection?.Dispose();
        _connection = null;
        _gate.Release();
    }

    /// <summary>Waits for work on the index whose failure must stop nobody: it becomes a note.</summary>
    internal async Task OrNoteAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (ForgeException e) when (e.Id is "IndexFailed" or "IndexNewer" or "SqliteMissing")
        {
            Note(e.Message);
        }
    }

    /// <summary>Works with the connection on a thread of the pool, one caller at a time.</summary>
    internal async Task<T> UseAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Use(work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes within one transaction.</summary>
    internal static bool InTransaction(SqliteConnection connection, Action<IndexWriter> work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using (var writer = new IndexWriter(connection))
        {
            work(writer);
        }

        transaction.Commit();
        return true;
    }

    private T Use<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            try
            {
                return work(Connect());
            }
            catch (SqliteException e) when (IndexFile.IsDamage(e))
            {
                SetAside(e);
                return work(Connect());
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new ForgeException(
                "IndexFailed",
                ForgeErrorKind.Refused,
                $"The index {FilePath} cannot be used: {e.Message.TrimEnd('.')}.",
                "Check room and access there; the run folders are not concerned. Repair-ForgeStore builds the index again.",
                FilePath,
                e);
        }
    }

    private SqliteConnection Connect()
    {
        if (_connection is not null)
        {
            return _connection;
        }

        var (connection, fresh) = IndexFile.Open(FilePath);
        try
        {
            if (fresh)
            {
                Rebuild(connection, CancellationToken.None);
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _connection = connection;
    }

    private void SetAside(SqliteException cause)
    {
        _connection?.Dispose();
        _connection = null;
        var aside = IndexFile.SetAside(FilePath, _options.Clock.GetUtcNow());
        Note($"The index {FilePath} was damaged ({cause.Message.TrimEnd('.')}); it was set aside as {aside} and built again from the run folders.");
    }

    private IndexRebuild Rebuild(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var runs = 0;
        using var transaction = connection.BeginTransaction(deferred: false);
        IndexFile.Recreate(connection);
        using (var writer = new IndexWriter(connection))
        {
            foreach (var lesson in _archive.Read(faults))
            {
                writer.Put(lesson);
            }

            foreach (var id in RunFolder.IdsIn(_options.RunsFolder).Order(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                runs++;
                if (RunFollower.Follow(writer, new(_options.RunsFolder, id), IndexedState.New(id)) is { } fault)
                {
                    faults.Add(fault);
                }
            }
        }

        var lessons = IndexQueries.CountLessons(connection);
        transaction.Commit();
        faults.ForEach(Note);
        return new(runs, lessons, faults);
    }

    private void CatchUpAll(IndexWriter writer, CancellationToken cancellationToken)
    {
        var known = writer.States();
        foreach (var id in RunFolder.IdsIn(_options.RunsFolder).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var folder = new RunFolder(_options.RunsFolder, id);
            var state = known.Remove(id, out var found) ? found : IndexedState.New(id);
            if (!state.IsCurrent(folder))
            {
                Follow(writer, folder, state);
            }
        }

        foreach (var gone in known.Keys)
        {
            writer.Remove(gone);
        }
    }

    private void CatchUpOne(IndexWriter writer, string runId)
    {
        var folder = new RunFolder(_options.RunsFolder, runId);
        if (!folder.Exists)
        {
            writer.Remove(runId);
            return;
        }

        Follow(writer, folder, writer.States().TryGetValue(runId, out var state) ? state : IndexedState.New(runId));
    }

    private void Follow(IndexWriter writer, RunFolder folder, IndexedState seen)
    {
        if (RunFollower.Follow(writer, folder, seen) is { } fault)
        {
            Note(fault);
        }
    }

    private void Note(string text)
    {
        lock (_notes)
        {
            if (!_notes.Contains(text))
            {
                _notes.Add(text);
            }
        }
    }
}
