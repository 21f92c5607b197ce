namespace Forge.Core.Skills;

/// <summary>Items that need a decision of the user before they can be done.</summary>
/// <param name="Ids">Regular expressions over item ids.</param>
/// <param name="Needs">What exactly is needed, one sentence.</param>
public sealed record SkillDecision(IReadOnlyList<string> Ids, string Needs)
{
    /// <summary>Name in the decision file; empty where none can be given.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the user gives.</summary>
    public IReadOnlyList<DecisionInput> Inputs { get; init; } = [];

    /// <summary>POSIX sh script in the skill's folder that does it with the given inputs; null where only the user can.</summary>
    public string? Action { get; init; }

    /// <summary>Whether its effect is complete only after a reboot.</summary>
    public bool NeedsReboot { get; init; }

    /// <summary>What is needed and how to give it.</summary>
    public string Request => Action is null ? Needs : $"{Needs}: give it as '{Name}' with -Decision (New-ForgeDecision writes the file)";
}
