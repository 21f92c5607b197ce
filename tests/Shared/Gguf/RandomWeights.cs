using System.Runtime.InteropServices;

namespace Forge.Testing.Gguf;

/// <summary>Seeded weights, the same on every machine.</summary>
internal sealed class RandomWeights(int seed)
{
    private const int Chunk = 1 << 16;
    private const int Block = 32;
    private readonly Random _random = new(seed);

    /// <summary>Writes so many values of one type, evenly spread within plus and minus the scale.</summary>
    public void Fill(Stream stream, uint type, long count, float scale)
    {
        var values = new float[Chunk];
        for (var left = count; left > 0; left -= Chunk)
        {
            var part = values.AsSpan(0, (int)Math.Min(left, Chunk));
            foreach (ref var value in part)
            {
                value = ((float)_random.NextDouble() - 0.5f) * 2 * scale;
            }

            stream.Write(type switch { 0 => MemoryMarshal.AsBytes(part), 1 => Halves(part), _ => Blocks(part) });
        }
    }

    public static void Constant(Stream stream, int count, float value)
    {
        var values = new float[count];
        Array.Fill(values, value);
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static byte[] Halves(Span<float> values)
    {
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)values[i];
        }

        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }

    // Q8_0: a half as the scale, then 32 signed bytes; block_q8_0 of ggml-common.h.
    private static byte[] Blocks(Span<float> values)
    {
        var bytes = new byte[values.Length / Block * (Block + 2)];
        for (var b = 0; b < values.Length / Block; b++)
        {
            var part = values.Slice(b * Block, Block);
            var most = 0f;
            foreach (var value in part)
            {
                most = Math.Max(most, Math.Abs(value));
            }

            var scale = most / 127;
            var at = b * (Block + 2);
            MemoryMarshal.Write(bytes.AsSpan(at), (Half)scale);
            for (var i = 0; i < Block; i++)
            {
                bytes[at + 2 + i] = (byte)(sbyte)MathF.Round(part[i] / scale);
            }
        }

        return bytes;
    }
}
