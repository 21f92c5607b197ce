namespace Forge.Core.Actions.Typed;

/// <summary>A field of a typed action that cannot be used.</summary>
/// <param name="Key">Its key in the proposal.</param>
/// <param name="Reason">Why not, one clause.</param>
public sealed record InvalidField(string Key, string Reason);
