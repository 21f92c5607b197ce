namespace Forge.Core.Journal;

/// <summary>Port: the runs of this machine. Run folders are the truth; an index over them can be rebuilt.</summary>
public interface IRunStore
{
    /// <summary>Makes a new run folder with its <c>run.json</c> and an empty journal.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>RunExists</c>.</exception>
    Task<IJournal> CreateAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Opens the journal of a run for reading and appending, under an exclusive lock.</summary>
    /// <exception cref="Errors.ForgeException">Ids <c>RunNotFound</c>, <c>RunInUse</c>.</exception>
    Task<IJournal> OpenAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Reads a journal's lines without locking it; with <paramref name="follow"/> goes on until the run ends.</summary>
    IAsyncEnumerable<JournalLine> ReadAsync(string runId, bool follow, CancellationToken cancellationToken);

    /// <summary>Writes <c>run.json</c> anew (to a temporary file, then renamed) and updates the index.</summary>
    Task SaveAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>One run.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>RunNotFound</c>.</exception>
    Task<RunRecord> GetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Runs, newest first. A run that says it is running whose process is gone is shown as abandoned.</summary>
    Task<IReadOnlyList<RunRecord>> ListAsync(int? last, CancellationToken cancellationToken);

    /// <summary>Removes a run's folder and its index rows. A running one is refused (id <c>RunInUse</c>).</summary>
    Task RemoveAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Folder of a run, absolute.</summary>
    string FolderOf(string runId);
}
