namespace Forge.Targets.Scripts;

/// <summary>Takes the bytes of a stream as they come.</summary>
internal interface IByteSink
{
    /// <summary>Takes some bytes; they are not valid after the call.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
