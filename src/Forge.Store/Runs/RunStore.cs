using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Index;
using Forge.Store.Memory;

namespace Forge.Store.Runs;

/// <summary>The runs of this machine in <c>$FORGE_HOME/runs</c>, a folder each. Folders are the truth; an index only follows them. Thread-safe.</summary>
public sealed class RunStore : IRunStore
{
    private readonly RunStoreOptions _options;
    private readonly RunIndex? _index;
    private readonly RunRecordFile _records;
    private readonly LessonArchive _lessons;
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

    /// <summary>Makes a store; touches no disk yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="index">Index that is kept up to date; null for none.</param>
    public RunStore(RunStoreOptions options, RunIndex? index = null)
    {
        _options = options;
        _index = index;
        _lessons = new(options);
        _records = new(options);
    }

    /// <inheritdoc/>
    public async Task<IJournal> CreateAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var folder = Folder(run.Id);
        if (folder.Exists)
        {
            throw RunExists(folder, null);
        }

        RunLock held;
        try
        {
            DurableFile.MakeFolder(folder.Root);
            held = RunLock.Take(folder);
        }
        catch (ForgeException e) when (e.Id == "RunInUse")
        {
            throw RunExists(folder, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.Failed(folder, "the run's folder cannot be made", e);
        }

        var journal = Open(folder, held, () =>
        {
            if (folder.Exists)
            {
                throw RunExists(folder, null);
            }

            DurableFile.Write(folder.Events, []);
        });
        try
        {
            await SaveAsync(run, cancellationToken).ConfigureAwait(false);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IJournal> OpenAsync(string runId, CancellationToken cancellationToken)
    {
        var folder = Existing(runId);
        return Task.FromResult<IJournal>(Open(folder, RunLock.Take(folder), () => { }));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalLine> ReadAsync(string runId, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Existing(runId);
        var head = JournalHead.Read(folder);
        using var reader = new JournalReader(folder, JournalPosition.Start(runId), strict: false);
        var ended = false;
        while (true)
        {
            // Asked before reading: what a writer wrote before it went is then read in this round.
            var alive = follow && RunLock.LiveOwnerOf(folder) is not null;
            while (reader.Next() is { } line)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ended = line.Event is RunEnded;
                yield return line;
            }

            if (ended || !alive)
            {
                head?.Check(folder, reader.Position);
                yield break;
            }

            await Task.Delay(_options.FollowInterval, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var folder = Folder(run.Id);
        var working = run.Status == RunStatus.Running;
        var owner = working && _open.ContainsKey(run.Id) ? ProcessIdentity.Current : null;
        _records.Write(folder, run with
        {
            ProcessId = owner?.Id ?? (working ? run.ProcessId : null),
            ProcessStart = owner?.Start ?? (working ? run.ProcessStart : null),
        });
        await FollowAsync(run.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<RunRecord> GetAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(RunRecordFile.Read(Existing(runId)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> ListAsync(int? last, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        foreach (var id in RunSelection.Candidates(RunFolder.IdsIn(_options.RunsFolder), last))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                runs.Add(RunRecordFile.ReadForList(Folder(id)));
            }
            catch (ForgeException e) when (e.Id == "RunNotFound")
            {
                // Removed by another process since the folder was listed: it is not there any more.
            }
        }

        IEnumerable<RunRecord> newestFirst = runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id, StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<RunRecord>>([.. last is { } count ? newestFirst.Take(count) : newestFirst]);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        var folder = Existing(runId);
        var held = RunLock.Take(folder);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // There a folder with an open file in it cannot be renamed; that nobody works on the run was shown by the lock.
                held.Dispose();
            }

            // A name with a dot is no run: one that is half removed is never listed.
            var gone = Path.Combine(_options.RunsFolder, $".removed-{runId}");
            if (Directory.Exists(gone))
            {
                Directory.Delete(gone, recursive: true);
            }

            _lessons.Keep(folder);
            Directory.Move(folder.Root, gone);
            DurableFile.FlushFolder(_options.RunsFolder);
            Directory.Delete(gone, recursive: true);
        }
        finally
        {
            held.Dispose();
        }

        await FollowAsync(runId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scripts, outputs and scan results of a run; takes no lock.</summary>
    /// <exception cref="ForgeException">Id <c>RunNotFound</c>.</exception>
    public IBlobStore BlobsOf(string runId) => new BlobFolder(Existing(runId), _options.Redactor);

    /// <inheritdoc/>
    public string FolderOf(string runId) => Folder(runId).Root;

    private RunJournal Open(RunFolder folder, RunLock held, Action prepare)
    {
        try
        {
            prepare();
            var journal = new RunJournal(folder, _options, held, () => ClosedAsync(folder.RunId));
            _open[folder.RunId] = true;
            return journal;
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw JournalErrors.Failed(folder, "it cannot be opened", e);
            }

            throw;
        }
    }

    private Task ClosedAsync(string runId)
    {
        _open.TryRemove(runId, out _);
        return FollowAsync(runId, CancellationToken.None);
    }

    // A run must not fail because of an index: whoever asks it next makes it catch up, and is told where that fails too.
    private Task FollowAsync(string runId, CancellationToken cancellationToken) =>
        _index?.OrNoteAsync(_index.CatchUpAsync(runId, cancellationToken)) ?? Task.CompletedTask;

    private RunFolder Folder(string runId) => new(_options.RunsFolder, runId);

    private RunFolder Existing(string runId)
    {
        var folder = Folder(runId);
        return folder.Exists ? folder : throw folder.NotFound();
    }

    private static ForgeException RunExists(RunFolder folder, Exception? inner) =>
        new("RunExists", ForgeErrorKind.Conflict, $"There is a run '{folder.RunId}' already.", "Give the new run another id.", folder.RunId, inner);
}
