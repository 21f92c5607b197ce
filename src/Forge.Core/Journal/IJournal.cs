namespace Forge.Core.Journal;

/// <summary>Port: the journal of one run. Appended, never rewritten. Thread-safe.</summary>
public interface IJournal : IBlobStore, IAsyncDisposable
{
    /// <summary>Id of the run.</summary>
    string RunId { get; }

    /// <summary>Appends an event. With <paramref name="durable"/> it is on the disk (fsync) when this returns; else at the latest with the next durable one.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>JournalFailed</c>, for example on a full disk; no action may follow then.</exception>
    Task<JournalLine> AppendAsync(ForgeEvent @event, bool durable, CancellationToken cancellationToken);

    /// <summary>Reads all lines from the start, checking the hash chain.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>JournalDamaged</c> with file and line; a torn last line is no damage but is cut off and noted.</exception>
    IAsyncEnumerable<JournalLine> ReadAsync(CancellationToken cancellationToken);
}
