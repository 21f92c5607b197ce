using System.Text;

namespace Forge.Testing.Gguf;

/// <summary>
/// Writes a GGUF of the llama architecture with seeded random weights and a byte-level vocabulary: every text is tokenised and every answer is text, though a
/// senseless one. Real enough for llama.cpp, so no test or bench needs a download.
/// </summary>
internal sealed record TinyGguf
{
    private const uint F32 = 0;
    private const uint F16 = 1;
    private const uint Q80 = 8;
    private const int Alignment = 32;
    private const int HeadSize = 64;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 2;

    public int FeedForward { get; init; } = 256;

    public int Context { get; init; } = 512;

    /// <summary>At least 259: all bytes and three special tokens; the rest are tokens that no text contains.</summary>
    public int Vocabulary { get; init; } = 320;

    /// <summary>F32, F16 or Q8_0.</summary>
    public string Weights { get; init; } = "F32";

    public int Seed { get; init; } = 1;

    /// <summary>A chat template that llama.cpp knows (ChatML), or none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>
    /// Texts that the model leans to, with how much: it knows nothing but the last byte, and gives the byte that follows it in them the more weight. With a
    /// grammar that leaves few choices it so decides as its maker wants, by real weights. Needs a <see cref="Width"/> of at least <see cref="Vocabulary"/>.
    /// </summary>
    public IReadOnlyList<(string Text, float Weight)> LeansTo { get; init; } = [];

    /// <summary>Makes every computed value NaN.</summary>
    public bool IsNan { get; init; }

    public void Write(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        Write(stream);
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    private void Write(Stream stream)
    {
        using var writer = new GgufWriter();
        Describe(writer);
        var type = Weights switch { "F32" => F32, "F16" => F16, "Q8_0" => Q80, _ => throw new ArgumentException($"no weights {Weights}") };
        var random = new RandomWeights(Seed);
        if (LeansTo.Count > 0)
        {
            WriteLeaning(writer);
            writer.Write(stream, Alignment);
            return;
        }

        writer.Tensor("token_embd.weight", type, [Width, Vocabulary], s => random.Fill(s, type, (long)Width * Vocabulary, 1f));
        // A norm of NaN is enough: it is a factor of everything.
        writer.Tensor("output_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, IsNan ? float.NaN : 1));
        writer.Tensor("output.weight", type, [Width, Vocabulary], s => random.Fill(s, type, (long)Width * Vocabulary, 0.3f));
        for (var i = 0; i < Layers; i++)
        {
            var name = $"blk.{i}.";
            writer.Tensor(name + "attn_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, 1));
            writer.Tensor(name + "ffn_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, 1));
            foreach (var (part, rows, columns) in Parts())
            {
                writer.Tensor($"{name}{part}.weight", type, [rows, columns], s => random.Fill(s, type, (long)rows * columns, 2f / MathF.Sqrt(rows)));
            }
        }

        writer.Write(stream, Alignment);
    }

    /// <summary>Every token is a direction of its own, no layer adds anything, and the output says what follows which: a table of pairs as a transformer.</summary>
    private void WriteLeaning(GgufWriter writer)
    {
        var follows = new float[Vocabulary, Width];
        foreach (var (text, weight) in LeansTo)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 1; i < bytes.Length; i++)
            {
                follows[bytes[i], bytes[i - 1]] = Math.Max(weight, follows[bytes[i], bytes[i - 1]]);
            }
        }

        writer.Tensor("token_embd.weight", F32, [Width, Vocabulary], s => Table(s, (row, column) => row == column ? 1 : 0));
        writer.Tensor("output_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, 1));
        writer.Tensor("output.weight", F32, [Width, Vocabulary], s => Table(s, (row, column) => follows[row, column]));
        for (var i = 0; i < Layers; i++)
        {
            var name = $"blk.{i}.";
            writer.Tensor(name + "attn_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, 1));
            writer.Tensor(name + "ffn_norm.weight", F32, [Width], s => RandomWeights.Constant(s, Width, 1));
            foreach (var (part, rows, columns) in Parts())
            {
                writer.Tensor($"{name}{part}.weight", F32, [rows, columns], s => RandomWeights.Constant(s, rows * columns, 0));
            }
        }
    }

    private (string Part, int Rows, int Columns)[] Parts() =>
    [
        ("attn_q", Width, Width), ("attn_k", Width, Width), ("attn_v", Width, Width), ("attn_output", Width, Width),
        ("ffn_gate", Width, FeedForward), ("ffn_up", Width, FeedForward), ("ffn_down", FeedForward, Width),
    ];

    private void Table(Stream stream, Func<int, int, float> value)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        for (var row = 0; row < Vocabulary; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                writer.Write(value(row, column));
            }
        }
    }

    private void Describe(GgufWriter writer)
    {
        writer.Text("general.architecture", "llama");
        writer.Text("general.name", $"random-{Seed}");
        writer.Number("general.alignment", Alignment);
        writer.Number("llama.block_count", Layers);
        writer.Number("llama.context_length", Context);
        writer.Number("llama.embedding_length", Width);
        writer.Number("llama.feed_forward_length", FeedForward);
        writer.Number("llama.attention.head_count", Width / HeadSize);
        writer.Number("llama.attention.head_count_kv", Width / HeadSize);
        writer.Number("llama.rope.dimension_count", HeadSize);
        writer.Float("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        writer.Float("llama.rope.freq_base", 10000);
        writer.Number("llama.vocab_size", Vocabulary);
        writer.Text("tokenizer.ggml.model", "gpt2");
        writer.Text("tokenizer.ggml.pre", "gpt-2");
        var bytes = ByteTokens();
        var tokens = bytes.Concat(["<s>", "</s>", "<pad>"]).Concat(Enumerable.Range(0, Vocabulary - 259).Select(i => $"<unused{i}>")).ToList();
        writer.Texts("tokenizer.ggml.tokens", tokens);
        // 1 is a normal token, 3 a control token, 5 an unused one: llama_token_type.
        writer.Numbers("tokenizer.ggml.token_type", [.. tokens.Select((_, i) => i < 256 ? 1 : i < 259 ? 3 : 5)]);
        writer.Texts("tokenizer.ggml.merges", [$"{bytes['t']} {bytes['h']}"]);
        writer.Number("tokenizer.ggml.bos_token_id", 256);
        writer.Number("tokenizer.ggml.eos_token_id", 257);
        writer.Number("tokenizer.ggml.padding_token_id", 258);
        writer.Flag("tokenizer.ggml.add_bos_token", true);
        if (ChatTemplate is not null)
        {
            writer.Text("tokenizer.chat_template", ChatTemplate);
        }
    }

    // GPT-2 writes each byte as a printable character: those that are printable as themselves, the others from U+0100 on.
    private static List<string> ByteTokens()
    {
        var next = 256;
        var tokens = new List<string>();
        for (var b = 0; b < 256; b++)
        {
            var isPrintable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            tokens.Add(((Rune)(isPrintable ? b : next++)).ToString());
        }

        return tokens;
    }
}
