using System.Security.Cryptography;
using Forge.Core.Journal;

namespace Forge.Scap.Tests.Engine;

/// <summary>Keeps blobs for a test.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = [];

    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        _blobs[digest] = content.ToArray();
        return Task.FromResult(digest);
    }

    public Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken) => Task.FromResult(_blobs[digest]);
}
