namespace Forge.Cmdlets.Tasks;

/// <summary>A decision file that was written to be filled in.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Skill">Skill.</param>
/// <param name="Targets">Targets whose items it is for.</param>
/// <param name="Decisions">Names of the decisions that it asks for.</param>
/// <param name="Items">Number of items that wait for them.</param>
public sealed record WrittenDecisions(string Path, string Skill, IReadOnlyList<string> Targets, IReadOnlyList<string> Decisions, int Items);
