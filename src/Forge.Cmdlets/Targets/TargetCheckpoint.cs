namespace Forge.Cmdlets.Targets;

/// <summary>A checkpoint of a target, as commands pass it on.</summary>
/// <param name="Target">Target.</param>
/// <param name="Name">Name of the checkpoint.</param>
/// <param name="Kind">Which provider holds it.</param>
/// <param name="TakenAt">When, UTC.</param>
public sealed record TargetCheckpoint(string Target, string Name, string Kind, DateTimeOffset TakenAt);
