using System.Buffers.Binary;
using System.Text;
using Forge.Testing.Gguf;

namespace Forge.Llama.Tests;

/// <summary>A corpus of damaged model files, made from a valid one; each has a name that says what was done.</summary>
public static class Corruptions
{
    private static readonly TinyGguf Small = new() { Width = 64, Layers = 1, FeedForward = 64, Vocabulary = 264, Context = 64 };
    private static readonly byte[] Valid = Small.ToBytes();
    private static readonly Dictionary<string, byte[]> All = Make();

    public static IEnumerable<string> Names => All.Keys;

    public static byte[] Bytes(string name) => All[name];

    public static byte[] ValidBytes() => [.. Valid];

    private static Dictionary<string, byte[]> Make()
    {
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["empty"] = [], ["one byte"] = [0x47], ["only text"] = Encoding.UTF8.GetBytes("not a model\n") };
        Cut(all);
        Header(all);
        Keys(all);
        Tensors(all);
        return all;
    }

    private static void Cut(Dictionary<string, byte[]> all)
    {
        foreach (var length in new[] { 3, 4, 7, 8, 15, 16, 23, 24, 31, 40, 60, 100, 200, 1000, 4000 })
        {
            all[$"cut after {length} bytes"] = Valid[..length];
        }

        foreach (var percent in new[] { 5, 20, 50, 80, 99 })
        {
            all[$"cut after {percent} %"] = Valid[..(Valid.Length * percent / 100)];
        }

        all["last byte missing with its padding"] = Valid[..^33];
        all["all zero"] = new byte[Valid.Length];
        all["all 0xFF"] = [.. Enumerable.Repeat((byte)0xFF, Valid.Length)];
    }

    private static void Header(Dictionary<string, byte[]> all)
    {
        all["magic GGML"] = With(0, "GGML"u8);
        all["magic of another byte order"] = With(0, "FUGG"u8);
        foreach (var version in new uint[] { 0, 1, 4, 99, 0x03000000, uint.MaxValue })
        {
            all[$"version {version}"] = With32(4, version);
        }

        foreach (var count in new ulong[] { 0, 1, 1000, 1UL << 32, 1UL << 62, ulong.MaxValue })
        {
            all[$"{count} tensors"] = With64(8, count);
            all[$"{count} keys"] = With64(16, count);
        }
    }

    private static void Keys(Dictionary<string, byte[]> all)
    {
        all["length of the first key beyond the file"] = With64(24, 1UL << 40);
        all["length of the first key 0"] = With64(24, 0);
        all["length of the first key negative"] = With64(24, ulong.MaxValue);
        all["first key is not UTF-8"] = With(32, [0xFF, 0xFE]);
        foreach (var (key, value) in new (string, uint)[]
        {
            ("llama.block_count", 0), ("llama.block_count", 2), ("llama.block_count", 1_000_000), ("llama.block_count", uint.MaxValue),
            ("llama.context_length", 0), ("llama.embedding_length", 0), ("llama.embedding_length", 65), ("llama.embedding_length", 1 << 30),
            ("llama.attention.head_count", 0), ("llama.attention.head_count", 3), ("llama.attention.head_count", uint.MaxValue),
            ("llama.attention.head_count_kv", 3), ("llama.attention.head_count_kv", uint.MaxValue), ("llama.feed_forward_length", 0), ("llama.feed_forward_length", 63),
            ("llama.rope.dimension_count", 3), ("llama.rope.dimension_count", 1 << 20), ("general.alignment", 0), ("general.alignment", 33),
            ("general.alignment", 1 << 30), ("tokenizer.ggml.bos_token_id", 100_000), ("tokenizer.ggml.eos_token_id", 264),
        })
        {
            all[$"{key} is {value}"] = With32(ValueOf(key), value);
        }

        foreach (var type in new uint[] { 0, 8, 9, 13, uint.MaxValue })
        {
            all[$"llama.block_count has type {type}"] = With32(ValueOf("llama.block_count") - 4, type);
        }

        all["architecture has no name"] = Rename("general.architecture", "general.architectura");
        all["architecture unknown"] = Replace("llama", "llamb", after: "general.architecture");
        all["tokenizer missing"] = Rename("tokenizer.ggml.model", "tokenizer.ggml.mode_");
        all["tokenizer unknown"] = Replace("gpt2", "gpt9", after: "tokenizer.ggml.model");
        all["vocabulary missing"] = Rename("tokenizer.ggml.tokens", "tokenizer.ggml.token_");
        all["vocabulary of numbers"] = With32(ValueOf("tokenizer.ggml.tokens"), 4);
        all["vocabulary shorter than the embedding"] = With64(ValueOf("tokenizer.ggml.tokens") + 4, 10);
        all["vocabulary longer than the file"] = With64(ValueOf("tokenizer.ggml.tokens") + 4, 1UL << 50);
        all["a key twice"] = Rename("llama.context_length", "llama.context_length", "llama.feed_forward_length", "llama.context_length_____");
    }

    private static void Tensors(Dictionary<string, byte[]> all)
    {
        var name = Find("token_embd.weight");
        var dimensions = name + "token_embd.weight".Length;
        all["tensor with 0 dimensions"] = With32(dimensions, 0);
        all["tensor with 5 dimensions"] = With32(dimensions, 5);
        all["tensor with a dimension of 0"] = With64(dimensions + 4, 0);
        all["tensor with a huge dimension"] = With64(dimensions + 4, 1UL << 40);
        all["tensor with other rows"] = With64(dimensions + 12, 100);
        all["tensor of an unknown type"] = With32(dimensions + 20, 250);
        all["tensor of a removed type"] = With32(dimensions + 20, 4);
        all["tensor of another type"] = With32(dimensions + 20, 1);
        all["tensor offset beyond the file"] = With64(dimensions + 24, 1UL << 40);
        all["tensor offset not aligned"] = With64(dimensions + 24, 3);
        all["tensor offset negative"] = With64(dimensions + 24, unchecked((ulong)-64));
        all["tensor name beyond the file"] = With64(name - 8, 1UL << 33);
        all["tensor of the embedding renamed"] = Replace("token_embd.weight", "token_embe.weight");
        all["tensor of a layer renamed"] = Replace("blk.0.attn_q.weight", "blk.0.attn_x.weight");
        all["tensor of a layer that is not there"] = Replace("blk.0.attn_q.weight", "blk.7.attn_q.weight");
        all["tensor name twice"] = Replace("blk.0.attn_q.weight", "blk.0.attn_k.weight");
        all["weights that are no numbers"] = (Small with { IsNan = true }).ToBytes();
    }

    private static byte[] With(int at, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = [.. Valid];
        bytes.CopyTo(copy.AsSpan(at));
        return copy;
    }

    private static byte[] With32(int at, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return With(at, bytes);
    }

    private static byte[] With64(int at, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return With(at, bytes);
    }

    private static byte[] Rename(string from, string to) => With(Find(from), Encoding.UTF8.GetBytes(to[..from.Length].PadRight(from.Length)));

    // Both keys get one name: the second is given the first one's bytes and length.
    private static byte[] Rename(string first, string same, string second, string padded)
    {
        Assert.Equal(second.Length, padded.Length);
        var key = Encoding.UTF8.GetBytes(same);
        var from = Find(second);
        byte[] shorter = [.. Valid[..(from - 8)], .. BitConverter.GetBytes((ulong)key.Length), .. key, .. Valid[(from + second.Length)..]];
        Assert.True(Valid.AsSpan().IndexOf(Encoding.UTF8.GetBytes(first)) > 0);
        return shorter;
    }

    private static byte[] Replace(string from, string to, string? after = null) => With(Find(from, after is null ? 0 : Find(after) + after.Length), Encoding.UTF8.GetBytes(to));

    private static int Find(string text, int start = 0)
    {
        var at = Valid.AsSpan(start).IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at >= 0, text);
        return start + at;
    }

    // A key is followed by its type (4 bytes), then its value.
    private static int ValueOf(string key)
    {
        var length = BitConverter.GetBytes((ulong)key.Length);
        byte[] pattern = [.. length, .. Encoding.UTF8.GetBytes(key)];
        var at = Valid.AsSpan().IndexOf(pattern);
        Assert.True(at >= 0, key);
        return at + pattern.Length + 4;
    }
}
