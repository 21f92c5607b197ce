namespace Forge.Core.Journal;

/// <summary>An item that passed before fails now.</summary>
/// <param name="CausedBy">Item whose fix caused it; null where it cannot be told.</param>
/// <param name="Reverted">Whether the cause was taken back.</param>
public sealed record RegressionFound(string? CausedBy, bool Reverted) : ForgeEvent;
