namespace Forge.Llama.Gguf;

/// <summary>Reads the header of a GGUF file. Format: docs/gguf.md of ggml, versions 2 and 3.</summary>
internal static class GgufHeaderReader
{
    private const uint Magic = 0x46554747;
    private const int MostDimensions = 4;
    private const int LongestTensorName = 63;
    private const string AlignmentKey = "general.alignment";
    private const uint DefaultAlignment = 32;

    public static GgufHeader Read(Stream stream, string file)
    {
        var reader = new GgufReader(stream, file);
        if (reader.UInt32("the magic number") is var magic && magic != Magic)
        {
            throw GgufErrors.Invalid(file, 0, "it is no GGUF file (its first four bytes are not 'GGUF')");
        }

        var version = reader.UInt32("the version");
        if (version is not (2 or 3))
        {
            throw GgufErrors.Invalid(file, 4, $"it has version {version} of the format; 2 and 3 (little-endian) can be read");
        }

        // A tensor takes at least 8 (length of its name) + 4 + 8 + 4 + 8 bytes, a key 8 + 4 + 1.
        var tensors = reader.Count("the number of tensors", 32);
        var keys = reader.Count("the number of keys", 13);
        var values = Values(reader, file, keys);
        var alignment = Alignment(values, file);
        var infos = new List<(string Name, GgufTensorType Type, long[] Dimensions, ulong Offset, long At)>();
        for (long i = 0; i < tensors; i++)
        {
            infos.Add(Info(reader, file, i));
        }

        var start = (reader.Position + alignment - 1) / alignment * alignment;
        return new GgufHeader(version, values, Placed(infos, start, alignment, stream.Length, file), start);
    }

    private static Dictionary<string, object> Values(GgufReader reader, string file, long count)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            var at = reader.Position;
            var key = reader.String($"key {i}");
            if (key.Length == 0 || !values.TryAdd(key, reader.Value((GgufValueType)reader.UInt32($"the type of {key}"), key)))
            {
                throw GgufErrors.Invalid(file, at, key.Length == 0 ? $"key {i} is empty" : $"the key {key} stands there twice");
            }
        }

        return values;
    }

    private static long Alignment(Dictionary<string, object> values, string file)
    {
        var alignment = values.GetValueOrDefault(AlignmentKey) switch
        {
            null => DefaultAlignment,
            uint given => given,
            var other => throw GgufErrors.Wrong(file, AlignmentKey, $"is a {other.GetType().Name} and not a 32-bit number"),
        };
        return alignment is > 0 and <= 1 << 20 && (alignment & (alignment - 1)) == 0 ? alignment : throw GgufErrors.Wrong(file, AlignmentKey, $"is {alignment}, not a power of two");
    }

    private static (string Name, GgufTensorType Type, long[] Dimensions, ulong Offset, long At) Info(GgufReader reader, string file, long index)
    {
        var at = reader.Position;
        var name = reader.String($"the name of tensor {index}");
        if (name.Length is 0 or > LongestTensorName)
        {
            throw GgufErrors.Invalid(file, at, $"the name of tensor {index} has {name.Length} characters, not 1 to {LongestTensorName}");
        }

        var count = reader.UInt32($"the dimensions of {name}");
        if (count is 0 or > MostDimensions)
        {
            throw GgufErrors.Invalid(file, reader.Position - 4, $"tensor {name} has {count} dimensions, not 1 to {MostDimensions}");
        }

        var dimensions = new long[count];
        for (var d = 0; d < count; d++)
        {
            var size = reader.UInt64($"a dimension of {name}");
            dimensions[d] = size is > 0 and <= int.MaxValue ? (long)size : throw GgufErrors.Invalid(file, reader.Position - 8, $"dimension {d} of tensor {name} is {size}");
        }

        var id = reader.UInt32($"the type of {name}");
        var type = GgufTensorType.Find(id) ?? throw GgufErrors.Invalid(file, reader.Position - 4, $"tensor {name} has the type {id}, which this release does not know");
        return (name, type, dimensions, reader.UInt64($"the offset of {name}"), at);
    }

    private static List<GgufTensor> Placed(List<(string Name, GgufTensorType Type, long[] Dimensions, ulong Offset, long At)> infos, long start, long alignment, long fileSize, string file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var placed = new List<GgufTensor>(infos.Count);
        var expected = 0UL;
        foreach (var (name, type, dimensions, offset, at) in infos)
        {
            if (!names.Add(name))
            {
                throw GgufErrors.Invalid(file, at, $"the tensor {name} stands there twice");
            }

            var bytes = SizeOf(name, type, dimensions, at, file);
            // llama.cpp takes tensors only one after the other, without holes but those of the alignment.
            if (offset != expected || offset > (ulong)fileSize || bytes > fileSize - start - (long)offset)
            {
                throw GgufErrors.Invalid(
                    file, at, $"tensor {name} lies at {offset} with {bytes} bytes; expected is {expected}, and the file ends at {fileSize} (its tensors begin at {start})");
            }

            placed.Add(new GgufTensor(name, type, dimensions, start + (long)offset, bytes));
            expected = offset + (ulong)((bytes + alignment - 1) / alignment * alignment);
        }

        return placed;
    }

    private static long SizeOf(string name, GgufTensorType type, long[] dimensions, long at, string file)
    {
        if (dimensions[0] % type.BlockValues != 0)
        {
            throw GgufErrors.Invalid(file, at, $"tensor {name} has rows of {dimensions[0]} values, not a multiple of the {type.BlockValues} in a block of {type.Name}");
        }

        try
        {
            return dimensions.Skip(1).Aggregate(checked(dimensions[0] / type.BlockValues * type.BlockBytes), (a, b) => checked(a * b));
        }
        catch (OverflowException)
        {
            throw GgufErrors.Invalid(file, at, $"tensor {name} is larger than any file ({string.Join(" x ", dimensions)})");
        }
    }
}
