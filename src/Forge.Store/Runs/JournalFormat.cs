using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Forge.Store.Runs;

/// <summary>
/// The bytes of a journal line, format 1:
/// <code>{"seq":7,"time":"2026-11-21T09:12:03.1234567Z","event":{"type":"noted","text":"…"},"hash":"64 hexadecimal digits"}\n</code>
/// <c>hash</c> is the SHA-256 over the 64 ASCII digits of the previous line's hash followed by this line's exact bytes up to and without <c>,"hash":</c>.
/// The line before the first counts as SHA-256 of <c>forge-journal-1:</c> and the run's id. Whoever reads needs no JSON writer to check a line: the tail
/// has a fixed length of 75 bytes. A changed, lost, inserted or moved line breaks the chain from there on; lines lost at the end are noticed by
/// <c>events.head.json</c>, which is written when a journal is closed. The chain finds damage; it is no signature against somebody who writes all of it anew.
/// </summary>
internal static class JournalFormat
{
    /// <summary>Longest line that is read, bytes; what is large belongs into a blob.</summary>
    public const int MaxLineBytes = 16 << 20;

    private const int HashDigits = 64;
    private const int TailLength = 9 + HashDigits + 2;

    private static ReadOnlySpan<byte> TailStart => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> TailEnd => "\"}"u8;

    /// <summary>Builds a line, its line feed included.</summary>
    public static (byte[] Line, string Hash) Build(in JournalPosition after, DateTimeOffset time, ReadOnlySpan<byte> eventJson)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"seq\":{after.Sequence + 1},\"time\":\"{time.UtcDateTime:O}\",\"event\":"));
        var line = new byte[head.Length + eventJson.Length + TailLength + 1];
        head.CopyTo(line, 0);
        eventJson.CopyTo(line.AsSpan(head.Length));
        var bodyLength = head.Length + eventJson.Length;
        var hash = HashOf(after.Hash, line.AsSpan(0, bodyLength));
        var tail = line.AsSpan(bodyLength);
        TailStart.CopyTo(tail);
        Encoding.ASCII.GetBytes(hash, tail[TailStart.Length..]);
        TailEnd.CopyTo(tail[(TailStart.Length + HashDigits)..]);
        line[^1] = (byte)'\n';
        return (line, hash);
    }

    /// <summary>Checks a line (without its line feed) against the hash of the one before.</summary>
    /// <returns>The line's hash; null where line and chain do not fit.</returns>
    public static string? Check(string previousHash, ReadOnlySpan<byte> line)
    {
        if (line.Length <= TailLength)
        {
            return null;
        }

        var body = line[..^TailLength];
        var tail = line[^TailLength..];
        if (!tail.StartsWith(TailStart) || !tail.EndsWith(TailEnd))
        {
            return null;
        }

        var said = Encoding.ASCII.GetString(tail.Slice(TailStart.Length, HashDigits));
        return said == HashOf(previousHash, body) ? said : null;
    }

    private static string HashOf(string previousHash, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> previous = stackalloc byte[HashDigits];
        Encoding.ASCII.GetBytes(previousHash, previous);
        hash.AppendData(previous);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
