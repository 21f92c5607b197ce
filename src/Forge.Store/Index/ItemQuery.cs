using Forge.Core.Loop;

namespace Forge.Store.Index;

/// <summary>Which items are asked for; null leaves a condition out.</summary>
public sealed record ItemQuery
{
    /// <summary>Run.</summary>
    public string? RunId { get; init; }

    /// <summary>Skill of the run.</summary>
    public string? Skill { get; init; }

    /// <summary>Target.</summary>
    public string? Target { get; init; }

    /// <summary>Item id.</summary>
    public string? Item { get; init; }

    /// <summary>State.</summary>
    public ItemState? Outcome { get; init; }

    /// <summary>At most so many, from the newest run on; null for all.</summary>
    public int? Last { get; init; }
}
