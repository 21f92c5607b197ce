using System.Text;

namespace Forge.Testing.Gguf;

/// <summary>Writes the GGUF format, version 3 (docs/gguf.md of ggml).</summary>
internal sealed class GgufWriter : IDisposable
{
    private readonly MemoryStream _keys = new();
    private readonly BinaryWriter _writer;
    private readonly List<(string Name, uint Type, int[] Dimensions, Action<Stream> Fill)> _tensors = [];
    private ulong _keyCount;

    public GgufWriter() => _writer = new BinaryWriter(_keys);

    public void Text(string key, string value)
    {
        Key(key, 8);
        Text(_writer, value);
    }

    public void Number(string key, int value)
    {
        Key(key, 4);
        _writer.Write((uint)value);
    }

    public void Float(string key, float value)
    {
        Key(key, 6);
        _writer.Write(value);
    }

    public void Flag(string key, bool value)
    {
        Key(key, 7);
        _writer.Write(value);
    }

    public void Texts(string key, IReadOnlyList<string> values)
    {
        Key(key, 9);
        _writer.Write(8u);
        _writer.Write((ulong)values.Count);
        foreach (var value in values)
        {
            Text(_writer, value);
        }
    }

    public void Numbers(string key, IReadOnlyList<int> values)
    {
        Key(key, 9);
        _writer.Write(5u);
        _writer.Write((ulong)values.Count);
        foreach (var value in values)
        {
            _writer.Write(value);
        }
    }

    /// <summary>Adds a tensor; its bytes are written when the file is.</summary>
    public void Tensor(string name, uint type, int[] dimensions, Action<Stream> fill) => _tensors.Add((name, type, dimensions, fill));

    public void Write(Stream stream, int alignment)
    {
        var header = new BinaryWriter(stream);
        header.Write("GGUF"u8);
        header.Write(3u);
        header.Write((ulong)_tensors.Count);
        header.Write(_keyCount);
        header.Write(_keys.ToArray());
        var offset = 0L;
        foreach (var (name, type, dimensions, _) in _tensors)
        {
            Text(header, name);
            header.Write((uint)dimensions.Length);
            Array.ForEach(dimensions, d => header.Write((ulong)d));
            header.Write(type);
            header.Write((ulong)offset);
            offset += Aligned(SizeOf(type, dimensions), alignment);
        }

        Pad(header, alignment);
        foreach (var (_, _, _, fill) in _tensors)
        {
            fill(stream);
            Pad(header, alignment);
        }

        header.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private static long SizeOf(uint type, int[] dimensions)
    {
        var values = dimensions.Aggregate(1L, (a, b) => a * b);
        return type switch { 0 => values * 4, 1 => values * 2, 8 => values / 32 * 34, _ => throw new ArgumentException($"no type {type}") };
    }

    private static long Aligned(long value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static void Pad(BinaryWriter writer, int alignment)
    {
        writer.Flush();
        writer.Write(new byte[Aligned(writer.BaseStream.Position, alignment) - writer.BaseStream.Position]);
    }

    private static void Text(BinaryWriter writer, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void Key(string key, uint type)
    {
        _keyCount++;
        Text(_writer, key);
        _writer.Write(type);
    }
}
