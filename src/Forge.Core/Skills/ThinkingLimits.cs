namespace Forge.Core.Skills;

/// <summary>How far a model may go on one item: the manifest's <c>model</c>.</summary>
public sealed record ThinkingLimits
{
    /// <summary>Changes tried on the machine at most, at least 1.</summary>
    public int Attempts { get; init; } = 9;

    /// <summary>Turns at most, with those whose proposal was refused or could not be read; at least 1.</summary>
    public int Turns { get; init; } = 18;

    /// <summary>Tokens of all requests and answers at most.</summary>
    public long Tokens { get; init; } = 200_000;

    /// <summary>Time of requests, changes and checks at most.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Types of action that may be proposed; empty for all but scripts.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Steps that one change may have, kept or taken back as one; 1 for single actions.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Whether a proposal may touch only what the item names. False for work whose text is the user's own: policy, probes and the verdict still bind it.</summary>
    public bool BoundToItem { get; init; } = true;
}
