namespace Forge.Core.Findings;

/// <summary>A thing on the target that a change touches.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">Its name in that kind.</param>
public sealed record Resource(ResourceKind Kind, string Name);
