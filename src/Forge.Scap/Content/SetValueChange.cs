namespace Forge.Scap.Content;

/// <summary>Sets a value outright; it wins over a choice among texts.</summary>
/// <param name="IdRef">Id of the value.</param>
/// <param name="Text">The text.</param>
public sealed record SetValueChange(string IdRef, string Text) : ProfileChange(IdRef);
