namespace Forge.Core.Loop;

/// <summary>An item that passed before and does not any more.</summary>
/// <param name="Id">The item.</param>
/// <param name="CausedBy">Id of the item whose fix caused it; null where it cannot be told.</param>
public sealed record Regression(string Id, string? CausedBy);
