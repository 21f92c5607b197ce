namespace Forge.Scap.Content;

/// <summary>One text of a value.</summary>
/// <param name="Selector">Selector; null for none.</param>
/// <param name="Text">The text; for a complex value its items, one a line.</param>
/// <param name="IsComplex">Whether it is a list.</param>
public sealed record ValueOption(string? Selector, string Text, bool IsComplex = false);
