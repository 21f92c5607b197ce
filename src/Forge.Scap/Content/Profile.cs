namespace Forge.Scap.Content;

/// <summary>A profile of a benchmark or of a tailoring file, not resolved.</summary>
public sealed record Profile
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Title; empty where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Id of the profile that it extends; null for none.</summary>
    public string? Extends { get; init; }

    /// <summary>Changes in document order.</summary>
    public required IReadOnlyList<ProfileChange> Changes { get; init; }
}
