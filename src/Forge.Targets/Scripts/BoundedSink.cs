using System.Buffers;
using System.Text;

namespace Forge.Targets.Scripts;

/// <summary>Keeps bytes up to a limit and counts what is over.</summary>
internal sealed class BoundedSink(int limit) : IByteSink
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Lock _lock = new();
    private long _dropped;

    /// <summary>Bytes over the limit.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var room = (int)Math.Min(bytes.Length, limit - _kept.WrittenCount);
            _kept.Write(bytes[..room]);
            _dropped += bytes.Length - room;
        }
    }

    /// <summary>The text so far; a character cut by the limit is left out.</summary>
    public string Text()
    {
        lock (_lock)
        {
            var bytes = _kept.WrittenSpan;
            return Encoding.UTF8.GetString(_dropped > 0 ? bytes[..WholeCharacters(bytes)] : bytes);
        }
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(4, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
            {
                continue;
            }

            var length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return length > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }
}
