using System.Collections.Concurrent;
using System.Security.Cryptography;
using Forge.Scap.Content;
using Forge.Scap.Slim;

namespace Forge.Scap.Engine;

/// <summary>Data streams that were read, each digest once in a process, however many targets use it.</summary>
internal sealed class ContentLibrary
{
    private readonly ConcurrentDictionary<string, Lazy<LoadedContent>> _byDigest = new();
    private readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), string> _digests = new();

    /// <summary>Digest of a file, 64 lower-case hexadecimal digits.</summary>
    public string Digest(string path)
    {
        var file = new FileInfo(path);
        return _digests.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc), _ =>
        {
            using var stream = file.OpenRead();
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
    }

    /// <summary>Reads a file, unless its digest was read before.</summary>
    public LoadedContent Load(string path)
    {
        var digest = Digest(path);
        return _byDigest.GetOrAdd(digest, _ => new Lazy<LoadedContent>(() => Read(path, digest))).Value;
    }

    private static LoadedContent Read(string path, string digest)
    {
        var benchmark = DataStreamReader.Read(path);
        var cutter = benchmark.Source.DataStreamId is null ? null : SlimDataStreamCutter.Open(path);
        return new LoadedContent(path, digest, benchmark, cutter);
    }
}
