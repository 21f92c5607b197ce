using System.Globalization;
using Forge.Core.Errors;

namespace Forge.Llama.Gguf;

/// <summary>Checks that what a file says of its model fits together, before a native library believes it: some of these end a process by an assertion or a division by zero.</summary>
internal sealed class ModelShape(GgufHeader header, string file)
{
    private const string Tokens = "tokenizer.ggml.tokens";
    private const long MostLayers = 4096;
    private const long MostWidth = 1 << 20;

    // More than any machine has, and still far from an overflow when it is multiplied by a number of tokens.
    private const long Absurd = 1L << 36;

    public string? Architecture => header.Values.GetValueOrDefault("general.architecture") as string;

    /// <summary>A whole number of the architecture; for a list (layer by layer) its first; null where it is not there or no whole number.</summary>
    public long? Number(string key) => header.Values.GetValueOrDefault($"{Architecture}.{key}") switch
    {
        GgufArray { First: { } first } => Whole(first),
        { } value => Whole(value),
        null => null,
    };

    /// <summary>Bytes of keys and values of one token, 16-bit, all layers; null where the file does not say enough.</summary>
    public long? CacheBytesPerToken()
    {
        if (Number("block_count") is not { } layers || Number("embedding_length") is not { } width || Number("attention.head_count") is not { } heads || heads < 1)
        {
            return null;
        }

        var head = width / heads;
        var bytes = (double)layers * (Number("attention.head_count_kv") ?? heads) * ((double)(Number("attention.key_length") ?? head) + (Number("attention.value_length") ?? head)) * sizeof(short);
        return (long)Math.Min(bytes, Absurd);
    }

    /// <exception cref="ForgeException">Ids <c>ModelFileInvalid</c>, <c>ModelFileNotAModel</c>, <c>ModelFileSplit</c>.</exception>
    public void Require()
    {
        RequireKind();
        if (header.Tensors.Count == 0)
        {
            throw GgufErrors.Wrong(file, "the file", "has no tensors");
        }

        var layers = Within("block_count", 1, MostLayers);
        Within("context_length", 1, uint.MaxValue);
        var width = Within("embedding_length", 1, MostWidth);
        if (header.Values.ContainsKey($"{Architecture}.attention.head_count"))
        {
            var heads = Within("attention.head_count", 1, width);
            if (Number("attention.key_length") is null && width % heads != 0)
            {
                throw GgufErrors.Wrong(file, $"{Architecture}.embedding_length", $"is {width}, which its {heads} heads do not divide");
            }
        }

        if (header.Values.ContainsKey($"{Architecture}.attention.head_count_kv"))
        {
            Within("attention.head_count_kv", 0, MostWidth);
        }

        RequireVocabulary(width);
        RequireLayers(layers);
    }

    private void RequireKind()
    {
        if (string.IsNullOrEmpty(Architecture))
        {
            throw GgufErrors.Wrong(file, "general.architecture", "is missing");
        }

        if (header.Values.GetValueOrDefault("general.type") is string kind && kind != "model")
        {
            throw new ForgeException(
                "ModelFileNotAModel", ForgeErrorKind.BadInput, $"{file} holds no model but a file of the type '{kind}'.",
                kind == "adapter" ? "Give it as an adapter of its model." : "Give the file of a model.", file);
        }

        if (header.Values.GetValueOrDefault("split.count") is { } parts && Whole(parts) > 1)
        {
            throw new ForgeException(
                "ModelFileSplit", ForgeErrorKind.BadInput, $"{file} is one of {parts} parts of a model.", "Join them with llama-gguf-split --merge and give the whole file.", file);
        }
    }

    private void RequireVocabulary(long width)
    {
        if (header.Values.GetValueOrDefault("tokenizer.ggml.model") is not string { Length: > 0 })
        {
            throw GgufErrors.Wrong(file, "tokenizer.ggml.model", "is missing: the file has no tokenizer");
        }

        if (header.Values.GetValueOrDefault(Tokens) is not GgufArray { ItemType: GgufValueType.String, Count: > 0 } tokens)
        {
            throw GgufErrors.Wrong(file, Tokens, "is not a list of strings: the file has no vocabulary");
        }

        if (header.Tensors.FirstOrDefault(t => t.Name == "token_embd.weight") is { } embedding
            && (embedding.Dimensions.Count != 2 || embedding.Dimensions[0] != width || embedding.Dimensions[1] != tokens.Count))
        {
            throw GgufErrors.Wrong(file, "token_embd.weight", $"is {string.Join(" x ", embedding.Dimensions)}, which does not fit {width} x {tokens.Count} of embedding length and vocabulary");
        }

        foreach (var key in header.Values.Keys.Where(k => k.StartsWith("tokenizer.ggml.", StringComparison.Ordinal) && k.EndsWith("_token_id", StringComparison.Ordinal)))
        {
            if (Whole(header.Values[key]) is not { } id || (id != uint.MaxValue && (id < 0 || id >= tokens.Count)))
            {
                throw GgufErrors.Wrong(file, key, string.Create(CultureInfo.InvariantCulture, $"is {header.Values[key]}, outside the vocabulary of {tokens.Count}"));
            }
        }
    }

    private void RequireLayers(long layers)
    {
        var found = header.Tensors.Select(t => t.Name.Split('.')).Where(n => n.Length > 2 && n[0] == "blk" && int.TryParse(n[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(n => long.Parse(n[1], CultureInfo.InvariantCulture)).ToHashSet();
        if (found.Count > 0 && (found.Count != layers || found.Max() != layers - 1))
        {
            throw GgufErrors.Wrong(file, $"{Architecture}.block_count", $"is {layers}, and the file has tensors of {found.Count} layers up to number {found.Max()}");
        }
    }

    private long Within(string key, long least, long most) => Number(key) is { } value && value >= least && value <= most
        ? value
        : throw GgufErrors.Wrong(file, $"{Architecture}.{key}", $"is {Number(key)?.ToString(CultureInfo.InvariantCulture) ?? "missing or no whole number"}, not {least} to {most}");

    private static long? Whole(object value) => value switch
    {
        byte v => v,
        sbyte v => v,
        ushort v => v,
        short v => v,
        uint v => v,
        int v => v,
        long v => v,
        ulong v when v <= long.MaxValue => (long)v,
        _ => null,
    };
}
