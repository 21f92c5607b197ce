namespace Forge.Targets.Scripts;

/// <summary>A stream whose length is known; one that does not know its own is written to a temporary file first, never into memory.</summary>
internal sealed class Spool : IAsyncDisposable
{
    private readonly bool _ours;

    private Spool(Stream stream, long length, bool ours)
    {
        Stream = stream;
        Length = length;
        _ours = ours;
    }

    /// <summary>The bytes.</summary>
    public Stream Stream { get; }

    /// <summary>How many there are from the current position on.</summary>
    public long Length { get; }

    /// <summary>Measures a stream.</summary>
    public static async Task<Spool> MeasuredAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
        {
            return new Spool(content, content.Length - content.Position, false);
        }

        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), "forge-" + Guid.NewGuid().ToString("N")),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        return new Spool(file, file.Length, true);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ours ? Stream.DisposeAsync() : ValueTask.CompletedTask;
}
