using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Microsoft.Win32.SafeHandles;

namespace Forge.Store.Runs;

/// <summary>
/// The journal of one run, open for appending under the run's lock. Each line is handed to the system at once, so that it survives the end of this process;
/// a durable append also waits for fsync, and appends that wait at the same time share one. After a failed write nothing more is appended: what the disk
/// holds is then unknown, and no action may follow.
/// </summary>
internal sealed class RunJournal : IJournal
{
    private readonly RunFolder _folder;
    private readonly RunStoreOptions _options;
    private readonly JsonSerializerOptions _json;
    private readonly BlobFolder _blobs;
    private readonly RunLock _lock;
    private readonly Func<Task> _closed;
    private readonly SafeFileHandle _file;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private JournalPosition _end;
    private long _flushed;
    private ForgeException? _failure;
    private bool _disposed;

    /// <summary>Opens the journal, checks all of it and cuts a torn last line off.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="options">Clock and masking.</param>
    /// <param name="held">The run's lock; disposed of with the journal.</param>
    /// <param name="closed">Called after the journal was closed.</param>
    public RunJournal(RunFolder folder, RunStoreOptions options, RunLock held, Func<Task> closed)
    {
        _folder = folder;
        _options = options;
        _json = StoreJson.Lines(options.Redactor);
        _blobs = new(folder, options.Redactor);
        _lock = held;
        _closed = closed;
        (_end, var torn) = FindEnd(folder);
        _file = File.OpenHandle(folder.Events, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _flushed = _end.Sequence;
        if (torn)
        {
            CutTail();
        }
    }

    public string RunId => _folder.RunId;

    public async Task<JournalLine> AppendAsync(ForgeEvent @event, bool durable, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = Write(@event);
        if (durable)
        {
            // Not cancelled half-way: the caller must know whether the line is on disk.
            await FlushAsync(line.Sequence).ConfigureAwait(false);
        }

        return line;
    }

    public async IAsyncEnumerable<JournalLine> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = JournalHead.Read(_folder);
        using var reader = new JournalReader(_folder, JournalPosition.Start(RunId), strict: true);
        while (reader.Next() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return line;
        }

        head?.Check(_folder, reader.Position);
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _blobs.PutAsync(content, cancellationToken);

    public Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken) => _blobs.GetAsync(digest, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        try
        {
            if (_failure is null)
            {
                await FlushAsync(_end.Sequence).ConfigureAwait(false);
                WriteHead();
            }
        }
        finally
        {
            _file.Dispose();
            _flushing.Dispose();
            _lock.Dispose();
        }

        await _closed().ConfigureAwait(false);
    }

    private static (JournalPosition End, bool Torn) FindEnd(RunFolder folder)
    {
        var head = JournalHead.Read(folder);
        using var reader = new JournalReader(folder, JournalPosition.Start(folder.RunId), strict: true);
        while (reader.Next() is not null)
        {
        }

        head?.Check(folder, reader.Position);
        return (reader.Position, reader.TornBytes > 0);
    }

    private JournalLine Write(ForgeEvent @event)
    {
        var bytes = Serialize(@event);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ThrowIfFailed();
            var time = _options.Clock.GetUtcNow();
            var (line, hash) = JournalFormat.Build(_end, time, bytes);
            try
            {
                RandomAccess.Write(_file, line, _end.Offset);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FailedToWrite(e);
            }

            _end = new(_end.Offset + line.Length, _end.Sequence + 1, hash);
            return new(_end.Sequence, time, @event, hash);
        }
    }

    private byte[] Serialize(ForgeEvent @event)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(@event, _json);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or JsonException)
        {
            throw new ForgeException(
                "EventRefused",
                ForgeErrorKind.Internal,
                $"An event of type {@event.GetType().Name} cannot be written to the journal: {e.Message}",
                subject: RunId,
                inner: e);
        }
    }

    private async Task FlushAsync(long sequence)
    {
        await _flushing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_flushed >= sequence)
            {
                return;
            }

            long reached;
            lock (_gate)
            {
                ThrowIfFailed();
                reached = _end.Sequence;
            }

            await Task.Run(() => RandomAccess.FlushToDisk(_file)).ConfigureAwait(false);
            _flushed = reached;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_gate)
            {
                throw _failure ??= JournalErrors.Failed(_folder, "a line cannot be flushed to disk", e);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    private ForgeException FailedToWrite(Exception cause)
    {
        _failure = JournalErrors.Failed(_folder, $"line {_end.Sequence + 1} cannot be written", cause);
        try
        {
            RandomAccess.SetLength(_file, _end.Offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The piece of a line that may be there has no line feed; the next one who opens the journal cuts it off.
        }

        return _failure;
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new ForgeException(failure.Id, failure.Kind, failure.Message, failure.NextStep, failure.Subject, failure);
        }
    }

    private void CutTail()
    {
        try
        {
            var cut = RandomAccess.GetLength(_file) - _end.Offset;
            RandomAccess.SetLength(_file, _end.Offset);
            Write(new Noted($"A torn last line of {cut} bytes was cut off the journal: its writer ended in the middle of it."));
            RandomAccess.FlushToDisk(_file);
            _flushed = _end.Sequence;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private void WriteHead()
    {
        try
        {
            JournalHead.Write(_folder, _end);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.Failed(_folder, "its head cannot be written", e);
        }
    }
}
