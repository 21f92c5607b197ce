namespace Forge.Core.Journal;

/// <summary>A run began.</summary>
/// <param name="RunId">Run.</param>
/// <param name="Skill">Skill.</param>
/// <param name="Targets">Targets.</param>
public sealed record RunStarted(string RunId, string Skill, IReadOnlyList<string> Targets) : ForgeEvent;
