namespace Forge.Scap.Content;

/// <summary>A check (NISTIR 7275 rev. 4, section 6.4.4.4).</summary>
public sealed record Check
{
    /// <summary>Check system, a URI.</summary>
    public required string System { get; init; }

    /// <summary>Selector; null for none.</summary>
    public string? Selector { get; init; }

    /// <summary>Whether pass and fail change places.</summary>
    public bool Negate { get; init; }

    /// <summary>Whether each part of the referenced content gives a result of its own.</summary>
    public bool MultiCheck { get; init; }

    /// <summary>Where the content is; the first that can be resolved counts.</summary>
    public IReadOnlyList<CheckContent> Contents { get; init; } = [];

    /// <summary>Values that the check gets.</summary>
    public IReadOnlyList<CheckExport> Exports { get; init; } = [];
}
