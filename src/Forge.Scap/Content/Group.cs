namespace Forge.Scap.Content;

/// <summary>A group of rules.</summary>
public sealed record Group
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Title; empty where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Group around it; null at the top.</summary>
    public Group? Parent { get; init; }

    /// <summary>Whether it is selected where no profile says otherwise.</summary>
    public bool Selected { get; init; } = true;

    /// <summary>Cluster id; null for none.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Own platforms; empty for all.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Required items: of each inner list one must be selected.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Requires { get; init; } = [];

    /// <summary>Items that must not be selected beside it.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];
}
