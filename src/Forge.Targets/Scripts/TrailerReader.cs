using System.Globalization;
using System.Text;

namespace Forge.Targets.Scripts;

/// <summary>Copies a stream to a sink up to the trailer, a line of a nonce and the exit status; what comes after it is not the script's.</summary>
/// <param name="nonce">The nonce, ASCII.</param>
/// <param name="sink">Where the script's bytes go.</param>
internal sealed class TrailerReader(string nonce, IByteSink sink)
{
    private const int LongestStatus = 8;
    private readonly byte[] _marker = Encoding.ASCII.GetBytes(nonce + " ");

    /// <summary>Reads to the trailer or to the end.</summary>
    /// <returns>The status in the trailer; null where the stream ended without one.</returns>
    public int? Read(Stream source)
    {
        var buffer = new byte[128 * 1024];
        var held = 0;
        while (true)
        {
            var read = source.Read(buffer, held, buffer.Length - held);
            if (read == 0)
            {
                sink.Write(buffer.AsSpan(0, held));
                return null;
            }

            held += read;
            if (Find(buffer, ref held) is { } status)
            {
                return status;
            }
        }
    }

    private int? Find(byte[] buffer, ref int held)
    {
        var bytes = buffer.AsSpan(0, held);
        var at = bytes.IndexOf(_marker);
        if (at >= 0)
        {
            var rest = bytes[(at + _marker.Length)..];
            var end = rest.IndexOf((byte)'\n');
            if (end >= 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                sink.Write(bytes[..at]);
                return status;
            }

            if (end < 0 && rest.Length < LongestStatus)
            {
                Keep(buffer, at, ref held);
                return null;
            }
        }

        Keep(buffer, Math.Max(0, held - _marker.Length + 1), ref held);
        return null;
    }

    private void Keep(byte[] buffer, int from, ref int held)
    {
        sink.Write(buffer.AsSpan(0, from));
        Buffer.BlockCopy(buffer, from, buffer, 0, held - from);
        held -= from;
    }
}
