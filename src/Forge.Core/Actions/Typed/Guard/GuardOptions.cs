using Forge.Core.Findings;

namespace Forge.Core.Actions.Typed;

/// <summary>What a proposal is judged by besides the item itself.</summary>
public sealed record GuardOptions
{
    /// <summary>Whether the user allowed scripts of a model (<c>run-script</c>, and files that are run).</summary>
    public bool AllowScripts { get; init; }

    /// <summary>Whether only what belongs to the item may be touched; false where the user's own words are the item. The way in is forbidden in any case.</summary>
    public bool BoundToItem { get; init; } = true;

    /// <summary>The account by which Forge logs in on the target; null where it is not known, then no account can be told from it and none may be changed.</summary>
    public string? LoginUser { get; init; }

    /// <summary>More text of the item than the finding holds: how it is checked, how the content fixes it.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>More of what belongs to the item than the finding holds, for example what the content's own fix touches.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];
}
