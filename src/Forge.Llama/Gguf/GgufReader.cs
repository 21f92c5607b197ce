using System.Buffers.Binary;
using System.Text;

namespace Forge.Llama.Gguf;

/// <summary>Reads numbers and strings of a GGUF header; no length is believed before the file is seen to be that long.</summary>
internal sealed class GgufReader(Stream stream, string file)
{
    private const int LongestKept = 1 << 24;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] _number = new byte[8];
    private readonly long _length = stream.Length;

    public long Position => stream.Position;

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Number(4, what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Number(8, what));

    /// <summary>A number that counts something whose items have at least this many bytes.</summary>
    public long Count(string what, long leastBytes)
    {
        var at = Position;
        var count = UInt64(what);
        return count <= (ulong)((_length - Position) / leastBytes) ? (long)count : throw GgufErrors.Invalid(file, at, $"{what} is {count}, more than the file has room for");
    }

    public string String(string what)
    {
        var at = Position;
        var length = Count($"length of {what}", 1);
        if (length > LongestKept)
        {
            throw GgufErrors.Invalid(file, at, $"{what} has {length} bytes");
        }

        var bytes = new byte[length];
        Fill(bytes, what);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw GgufErrors.Invalid(file, at, $"{what} is not UTF-8");
        }
    }

    /// <summary>A value of a key: a number, a bool, a string, or a <see cref="GgufArray"/>.</summary>
    public object Value(GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 => Number(1, key)[0],
        GgufValueType.Int8 => (sbyte)Number(1, key)[0],
        GgufValueType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(Number(2, key)),
        GgufValueType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(Number(2, key)),
        GgufValueType.UInt32 => UInt32(key),
        GgufValueType.Int32 => (int)UInt32(key),
        GgufValueType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(Number(4, key)),
        GgufValueType.Bool => Bool(key),
        GgufValueType.String => String(key),
        GgufValueType.Array => Array(key),
        GgufValueType.UInt64 => UInt64(key),
        GgufValueType.Int64 => (long)UInt64(key),
        GgufValueType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(Number(8, key)),
        _ => throw GgufErrors.Invalid(file, Position, $"{key} has the unknown type {(uint)type}"),
    };

    private bool Bool(string key)
    {
        var value = Number(1, key)[0];
        return value <= 1 ? value == 1 : throw GgufErrors.Invalid(file, Position - 1, $"{key} is neither true nor false but {value}");
    }

    private GgufArray Array(string key)
    {
        var at = Position;
        var type = (GgufValueType)UInt32(key);
        var size = type switch
        {
            GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
            GgufValueType.UInt16 or GgufValueType.Int16 => 2,
            GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
            GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 or GgufValueType.String => 8,
            _ => throw GgufErrors.Invalid(file, at, $"{key} is an array of the type {(uint)type}"),
        };
        var count = Count($"number of items of {key}", size);
        var first = count > 0 && type != GgufValueType.String ? Value(type, key) : null;
        if (type == GgufValueType.String)
        {
            for (long i = 0; i < count; i++)
            {
                Skip(Count($"length of {key}[{i}]", 1));
            }
        }
        else if (count > 1)
        {
            Skip((count - 1) * size);
        }

        return new GgufArray(type, count, first);
    }

    // A seek would throw the stream's buffer away for each of a hundred thousand short strings.
    private void Skip(long count)
    {
        Span<byte> scratch = stackalloc byte[256];
        for (; count > 0 && count <= scratch.Length; count = 0)
        {
            Fill(scratch[..(int)count], "an array");
        }

        stream.Position += count;
    }

    private ReadOnlySpan<byte> Number(int size, string what)
    {
        Fill(_number.AsSpan(0, size), what);
        return _number.AsSpan(0, size);
    }

    private void Fill(Span<byte> target, string what)
    {
        var at = Position;
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw GgufErrors.Invalid(file, at, $"the file ends within {what}");
        }
    }
}
