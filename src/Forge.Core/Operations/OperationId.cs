using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Forge.Core.Operations;

/// <summary>Name of one change: the hash of run, target, item, attempt, step and the exact bytes, so that the same change has the same name after a crash.</summary>
/// <param name="Value">64 lower-case hexadecimal digits (SHA-256).</param>
public readonly record struct OperationId(string Value)
{
    /// <summary>Computes the id. Each part is preceded by its length, so that no two lists of parts collide.</summary>
    public static OperationId Of(string run, string target, string item, int attempt, string step, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { run, target, item, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture), step })
        {
            Append(hash, Encoding.UTF8.GetBytes(part));
        }

        Append(hash, bytes);
        return new OperationId(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
