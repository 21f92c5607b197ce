using System.Globalization;
using System.Security.Cryptography;
using Forge.Core.Errors;

namespace Forge.Llama.Gguf;

/// <summary>What a GGUF file says of itself, read and checked without any native library.</summary>
public sealed class GgufFile
{
    private const int Buffer = 1 << 20;
    private const string MemoryFile = "/proc/meminfo";
    private readonly GgufHeader _header;
    private readonly ModelShape _shape;

    private GgufFile(string path, long size, GgufHeader header)
    {
        (Path, FileSize, _header) = (path, size, header);
        _shape = new ModelShape(header, path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its size in bytes.</summary>
    public long FileSize { get; }

    /// <summary>Version of the format, 2 or 3.</summary>
    public int Version => (int)_header.Version;

    /// <summary>Architecture of the model, for example <c>llama</c>; null where it is not said.</summary>
    public string? Architecture => _shape.Architecture;

    /// <summary>The model's own name; null for none.</summary>
    public string? Name => _header.Values.GetValueOrDefault("general.name") as string;

    /// <summary>Tokens of context the model was trained with.</summary>
    public long? ContextLength => _shape.Number("context_length");

    /// <summary>Layers.</summary>
    public long? Layers => _shape.Number("block_count");

    /// <summary>Entries of the vocabulary; 0 for none.</summary>
    public long Vocabulary => (_header.Values.GetValueOrDefault("tokenizer.ggml.tokens") as GgufArray)?.Count ?? 0;

    /// <summary>The chat template; null for none.</summary>
    public string? ChatTemplate => _header.Values.GetValueOrDefault("tokenizer.chat_template") as string;

    /// <summary>Number of weights.</summary>
    public long Parameters => _header.Tensors.Sum(t => t.Values);

    /// <summary>The type that holds most weights, for example <c>Q8_0</c>; null where there are no tensors.</summary>
    public string? WeightType => _header.Tensors.GroupBy(t => t.Type.Name).OrderByDescending(g => g.Sum(t => t.Values)).FirstOrDefault()?.Key;

    /// <summary>Bytes of all tensors.</summary>
    public long WeightBytes => _header.Tensors.Sum(t => t.Bytes);

    /// <summary>Where the tensors begin.</summary>
    internal long TensorStart => _header.Start;

    /// <summary>Reads the header and checks it: magic number, version, counts, keys, types, and that every tensor lies within the file.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelFileMissing</c>, <c>ModelFileUnreadable</c>, <c>ModelFileInvalid</c> (with byte or key).</exception>
    public static GgufFile Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);
            return new GgufFile(path, stream.Length, GgufHeaderReader.Read(stream, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw GgufErrors.Unreadable(path, e);
        }
    }

    /// <summary>Checks that it is a model that can generate text and that its numbers fit together.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelFileInvalid</c>, <c>ModelFileNotAModel</c>, <c>ModelFileSplit</c>.</exception>
    public void RequireModel() => _shape.Require();

    /// <summary>SHA-256 of the whole file, lower-case hexadecimal digits.</summary>
    public string ComputeSha256()
    {
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw GgufErrors.Unreadable(Path, e);
        }
    }

    /// <summary>Proves the digest.</summary>
    /// <exception cref="ForgeException">Id <c>ModelDigestMismatch</c>.</exception>
    public void RequireDigest(string sha256)
    {
        var actual = ComputeSha256();
        if (!string.Equals(actual, sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ForgeException(
                "ModelDigestMismatch", ForgeErrorKind.Corrupt, $"{Path} has the SHA-256 {actual}; {sha256} is noted for this model: the file was changed or damaged.",
                "Fetch it again, or add the model anew if the change is meant.", Path);
        }
    }

    /// <summary>Bytes of the cache for so many tokens, with keys and values of 16 bits; null where the file does not say enough.</summary>
    public long? CacheBytes(long tokens) => _shape.CacheBytesPerToken() * tokens;

    /// <summary>Checks that weights and cache fit into the memory that this machine has available now.</summary>
    /// <param name="tokens">Tokens of context of all sequences together.</param>
    /// <param name="gpuLayers">With layers on a GPU its driver says what fits.</param>
    /// <exception cref="ForgeException">Id <c>ModelTooLarge</c>.</exception>
    public void RequireMemory(long tokens, int gpuLayers)
    {
        if (gpuLayers != 0 || AvailableMemory() is not { } available)
        {
            return;
        }

        var needed = WeightBytes + (CacheBytes(tokens) ?? 0);
        if (needed > available)
        {
            throw new ForgeException(
                "ModelTooLarge", ForgeErrorKind.Missing,
                $"{Path} needs {Megabytes(needed)} of memory ({Megabytes(WeightBytes)} for the weights, {Megabytes(CacheBytes(tokens) ?? 0)} for {tokens} tokens of context); {Megabytes(available)} are available.",
                "Use a smaller model, a smaller context or fewer sequences at once.", Path);
        }
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:N0} MB");

    private static long? AvailableMemory()
    {
        if (!File.Exists(MemoryFile))
        {
            return null;
        }

        // "MemAvailable:   23574000 kB", proc_meminfo(5).
        var line = File.ReadLines(MemoryFile).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
