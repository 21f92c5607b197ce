namespace Forge.Scap.Content;

/// <summary>Chooses among the texts of a value.</summary>
/// <param name="IdRef">Id of the value.</param>
/// <param name="Selector">Selector of the text; null for the default one.</param>
/// <param name="Operator">Operator instead of the value's own; null keeps it.</param>
public sealed record RefineValueChange(string IdRef, string? Selector, string? Operator) : ProfileChange(IdRef);
