namespace Forge.Store.Reports;

/// <summary>An item that passed before and failed after a change.</summary>
/// <param name="Item">The item.</param>
/// <param name="CausedBy">Item whose fix caused it; null where it cannot be told.</param>
/// <param name="Reverted">Whether the cause was taken back.</param>
internal sealed record RegressionStory(string Item, string? CausedBy, bool Reverted);
