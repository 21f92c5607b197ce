namespace Forge.Scap.Content;

/// <summary>Hands a value to a check.</summary>
/// <param name="ValueId">Id of the value.</param>
/// <param name="Name">Name in the check system, for example an OVAL variable id.</param>
public sealed record CheckExport(string ValueId, string Name);
