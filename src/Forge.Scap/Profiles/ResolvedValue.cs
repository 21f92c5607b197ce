using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>A value as a profile sets it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Text">Its text; null where the profile names a selector that the value does not have.</param>
/// <param name="Operator">Operator in the profile.</param>
/// <param name="Refinement">What the profile chose among the value's texts; null where it does not.</param>
/// <param name="Setting">What the profile set outright; null where it does not.</param>
public sealed record ResolvedValue(Value Value, string? Text, string Operator, RefineValueChange? Refinement, SetValueChange? Setting);
