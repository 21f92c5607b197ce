namespace Forge.Core.Skills;

/// <summary>A phase of a skill's order.</summary>
public sealed record SkillPhase
{
    /// <summary>Name for people and events.</summary>
    public required string Name { get; init; }

    /// <summary>Regular expressions over item ids; empty matches every id.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Categories; empty matches every category.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Matches only items that need a reboot (true), only those that do not (false), or both (null).</summary>
    public bool? NeedsReboot { get; init; }

    /// <summary>Reboot after the phase when it changed anything.</summary>
    public bool RebootAfter { get; init; }
}
