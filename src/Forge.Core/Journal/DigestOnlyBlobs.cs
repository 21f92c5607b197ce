using System.Security.Cryptography;
using Forge.Core.Errors;

namespace Forge.Core.Journal;

/// <summary>Outside a run nothing is kept: only the digest is told.</summary>
public sealed class DigestOnlyBlobs : IBlobStore
{
    /// <summary>The one instance.</summary>
    public static DigestOnlyBlobs Instance { get; } = new();

    /// <inheritdoc/>
    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.FromResult(Convert.ToHexStringLower(SHA256.HashData(content.Span)));

    /// <inheritdoc/>
    public Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken) => throw new ForgeException(
        "BlobNotFound", ForgeErrorKind.NotFound, $"Blob {digest} is not kept outside a run.", "Scan within a run (Get-ForgeFinding) to keep raw results.", digest);
}
