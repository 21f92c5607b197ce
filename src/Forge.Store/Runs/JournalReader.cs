using System.Text;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Microsoft.Win32.SafeHandles;

namespace Forge.Store.Runs;

/// <summary>
/// Reads a journal line by line from a position, checking the chain. A last line without its line feed is not returned: it is being written, or torn.
/// A line that is whole but of a newer Forge (unknown event or value) is returned as <see cref="Noted"/> with the line's own text, so that a newer journal
/// stays readable; who must know every event (a resume) reads strictly and gets id <c>JournalNewer</c>.
/// </summary>
internal sealed class JournalReader : IDisposable
{
    private const int ChunkBytes = 64 << 10;
    private const int NotedBytes = 2000;

    private readonly RunFolder _folder;
    private readonly bool _strict;
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[ChunkBytes];
    private int _start;
    private int _end;

    public JournalReader(RunFolder folder, JournalPosition from, bool strict)
    {
        _folder = folder;
        _strict = strict;
        Position = from;
        try
        {
            _file = File.OpenHandle(folder.Events, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw folder.NotFound();
        }
    }

    /// <summary>After the last line that was returned.</summary>
    public JournalPosition Position { get; private set; }

    /// <summary>Bytes of an incomplete last line that were seen at the present end.</summary>
    public int TornBytes { get; private set; }

    /// <summary>The next line; null at the present end (a later call may find more).</summary>
    /// <exception cref="ForgeException">Ids <c>JournalDamaged</c>, <c>JournalNewer</c>.</exception>
    public JournalLine? Next()
    {
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var length = searched + feed;
                var line = Parse(_buffer.AsSpan(_start, length));
                _start += length + 1;
                return line;
            }

            searched = _end - _start;
            if (searched > JournalFormat.MaxLineBytes)
            {
                throw Damaged($"is longer than {JournalFormat.MaxLineBytes} bytes");
            }

            if (!Fill())
            {
                // Forgotten, and read again next time: a writer may cut it off and go on at the same place.
                TornBytes = searched;
                _end = _start;
                return null;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = RandomAccess.Read(_file, _buffer.AsSpan(_end), Position.Offset + _end);
        _end += read;
        return read > 0;
    }

    private JournalLine Parse(ReadOnlySpan<byte> bytes)
    {
        var hash = JournalFormat.Check(Position.Hash, bytes) ?? throw Damaged("was changed, lost, inserted or moved: the hash chain breaks there");
        var line = Read(bytes, hash);
        if (line.Sequence != Position.Sequence + 1)
        {
            throw Damaged($"says that it is line {line.Sequence}");
        }

        Position = new(Position.Offset + bytes.Length + 1, line.Sequence, hash);
        return line;
    }

    private JournalLine Read(ReadOnlySpan<byte> bytes, string hash)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<JournalEntry>(bytes, StoreJson.Reading) ?? throw Damaged("holds nothing");
            return new(entry.Seq, entry.Time, entry.Event, hash);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return ReadNewer(bytes, hash, e);
        }
    }

    private JournalLine ReadNewer(ReadOnlySpan<byte> bytes, string hash, Exception cause)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes.ToArray());
            var root = json.RootElement;
            var said = root.GetProperty("event");
            var type = said.TryGetProperty("type", out var name) ? name.ToString() : "?";
            if (_strict)
            {
                throw new ForgeException(
                    "JournalNewer",
                    ForgeErrorKind.Missing,
                    $"{_folder.Events}, line {Position.Sequence + 1}: this version of Forge does not know the event '{type}' as it stands there; "
                    + $"a newer version wrote it ({WriterVersion()}).",
                    "Resume the run with that version; reading the journal works with this one.",
                    _folder.RunId,
                    cause);
            }

            var text = said.GetRawText();
            var noted = new Noted($"Event '{type}' of a newer Forge ({WriterVersion()}): {(text.Length > NotedBytes ? text[..NotedBytes] + "…" : text)}")
            {
                Target = TextOf(said, "target"),
                Item = TextOf(said, "item"),
            };
            return new(root.GetProperty("seq").GetInt64(), root.GetProperty("time").GetDateTimeOffset(), noted, hash);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw Damaged("is no line of a journal: " + e.Message);
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string WriterVersion()
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(_folder.Record));
            return TextOf(json.RootElement, "forgeVersion") is { Length: > 0 } version ? "version " + version : "version unknown";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return "version unknown";
        }
    }

    private ForgeException Damaged(string what) =>
        new(
            "JournalDamaged",
            ForgeErrorKind.Corrupt,
            $"{_folder.Events}, line {Position.Sequence + 1} (byte {Position.Offset}) {what}.",
            $"The {Position.Sequence} lines before it are intact. Restore the file from a backup, or keep the folder as evidence and start a new run.",
            _folder.RunId);
}
