namespace Forge.Core.Journal;

/// <summary>Port: content-addressed bytes of a run (whole scripts, outputs, scan results).</summary>
public interface IBlobStore
{
    /// <summary>Stores bytes once; on disk when this returns.</summary>
    /// <returns>SHA-256 of the bytes, 64 lower-case hexadecimal digits.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a blob and checks its digest.</summary>
    /// <exception cref="Errors.ForgeException">Ids <c>BlobNotFound</c>, <c>BlobDamaged</c>.</exception>
    Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken);
}
