using System.IO.Compression;
using System.Security.Cryptography;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Redaction;

namespace Forge.Store.Runs;

/// <summary>
/// Blobs of one run: <c>blobs/ab/abcd…</c>, or with <c>.gz</c> where compressing pays. The name is the SHA-256 of the plain bytes after masking of secrets:
/// what can be read back is what the digest says.
/// </summary>
internal sealed class BlobFolder(RunFolder folder, Redactor redactor) : IBlobStore
{
    private const int CompressFrom = 4 << 10;

    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var plain = redactor.Redact(content);
        var digest = Convert.ToHexStringLower(SHA256.HashData(plain.Span));
        return Exists(digest) ? Task.FromResult(digest) : Task.Run(() => Write(digest, plain), cancellationToken);
    }

    public async Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken)
    {
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower))
        {
            throw new ForgeException(
                "BlobNotFound",
                ForgeErrorKind.BadInput,
                $"'{digest}' is no digest of a blob.",
                "A digest has 64 lower-case hexadecimal digits.",
                digest);
        }

        var path = PathOf(digest);
        try
        {
            var plain = File.Exists(path)
                ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
                : await ReadCompressedAsync(path + ".gz", cancellationToken).ConfigureAwait(false);
            return Convert.ToHexStringLower(SHA256.HashData(plain)) == digest ? plain : throw Damaged(digest, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ForgeException(
                "BlobNotFound",
                ForgeErrorKind.NotFound,
                $"The run '{folder.RunId}' has no blob {digest}.",
                "The run folder is incomplete; restore it from a backup.",
                digest,
                e);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(digest, e);
        }
    }

    private static async Task<byte[]> ReadCompressedAsync(string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await gzip.CopyToAsync(plain, cancellationToken).ConfigureAwait(false);
        return plain.ToArray();
    }

    private static byte[]? Compress(ReadOnlySpan<byte> plain)
    {
        if (plain.Length <= CompressFrom)
        {
            return null;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.Length < plain.Length ? packed.ToArray() : null;
    }

    private string Write(string digest, ReadOnlyMemory<byte> plain)
    {
        var path = PathOf(digest);
        try
        {
            DurableFile.MakeFolder(Path.GetDirectoryName(path)!);
            if (Compress(plain.Span) is { } packed)
            {
                DurableFile.Write(path + ".gz", packed);
            }
            else
            {
                DurableFile.Write(path, plain.Span);
            }

            return digest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.Failed(folder, "a blob cannot be written", e);
        }
    }

    private bool Exists(string digest) => File.Exists(PathOf(digest)) || File.Exists(PathOf(digest) + ".gz");

    private string PathOf(string digest) => Path.Combine(folder.Blobs, digest[..2], digest);

    private ForgeException Damaged(string digest, Exception? inner) =>
        new(
            "BlobDamaged",
            ForgeErrorKind.Corrupt,
            $"{PathOf(digest)}: the bytes are not those that were stored.",
            "Restore the file from a backup.",
            digest,
            inner);
}
