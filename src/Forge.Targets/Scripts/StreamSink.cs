namespace Forge.Targets.Scripts;

/// <summary>Passes bytes on to a stream up to a limit and counts all of them.</summary>
internal sealed class StreamSink(Stream destination, long limit) : IByteSink
{
    /// <summary>Bytes seen, also those over the limit.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var room = (int)Math.Clamp(limit - Count, 0, bytes.Length);
        Count += bytes.Length;
        destination.Write(bytes[..room]);
    }
}
