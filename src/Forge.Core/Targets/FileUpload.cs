namespace Forge.Core.Targets;

/// <summary>A file to write on a target.</summary>
/// <param name="Path">Absolute path on the target.</param>
/// <param name="Content">The bytes; read once to its end.</param>
public sealed record FileUpload(string Path, Stream Content)
{
    /// <summary>Permission bits.</summary>
    public int Mode { get; init; } = 0x180; // 0600

    /// <summary>Rights to write with.</summary>
    public Elevation Elevation { get; init; } = Elevation.None;

    /// <summary>Time limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
