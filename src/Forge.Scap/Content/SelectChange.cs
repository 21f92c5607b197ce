namespace Forge.Scap.Content;

/// <summary>Selects or deselects a rule, a group or a cluster.</summary>
/// <param name="IdRef">Id of the item or cluster.</param>
/// <param name="Selected">Whether it is selected.</param>
public sealed record SelectChange(string IdRef, bool Selected) : ProfileChange(IdRef);
