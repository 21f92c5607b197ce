namespace Forge.Core.Targets;

/// <summary>A file to read from a target.</summary>
/// <param name="Path">Absolute path on the target.</param>
/// <param name="Destination">Where the bytes go.</param>
public sealed record FileDownload(string Path, Stream Destination)
{
    /// <summary>Limit in bytes; a larger file is an error.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Rights to read with.</summary>
    public Elevation Elevation { get; init; } = Elevation.None;

    /// <summary>Time limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
