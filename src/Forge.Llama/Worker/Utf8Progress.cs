using System.Buffers;
using System.Text;

namespace Forge.Llama.Worker;

/// <summary>
/// Follows the bytes of an answer, which tokens may cut anywhere. llama.cpp's grammar counts any bytes after a leading one as its continuation; what a decoder
/// then makes of them could be a quote. So with a grammar only what can become UTF-8 is chosen.
/// </summary>
internal sealed class Utf8Progress
{
    private byte[] _pending = [];

    /// <summary>Whether all characters so far are whole.</summary>
    public bool IsWhole => _pending.Length == 0;

    /// <summary>Whether the text stays UTF-8, whole or begun, with these bytes.</summary>
    public bool Fits(ReadOnlySpan<byte> bytes) => Rest(bytes) is not null;

    public void Add(ReadOnlySpan<byte> bytes) => _pending = Rest(bytes) ?? [];

    // The begun character at the end; null where the bytes are no UTF-8.
    private byte[]? Rest(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> left = _pending.Length == 0 ? bytes : [.. _pending, .. bytes];
        while (left.Length > 0)
        {
            switch (Rune.DecodeFromUtf8(left, out _, out var consumed))
            {
                case OperationStatus.NeedMoreData:
                    return left.ToArray();
                case OperationStatus.InvalidData:
                    return null;
                default:
                    left = left[consumed..];
                    break;
            }
        }

        return [];
    }
}
