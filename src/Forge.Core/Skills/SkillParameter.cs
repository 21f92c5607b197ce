namespace Forge.Core.Skills;

/// <summary>A parameter of a skill.</summary>
/// <param name="Description">One line for help.</param>
/// <param name="Default">Value where the user gives none; null for none.</param>
/// <param name="Required">Nothing can be done without it.</param>
public sealed record SkillParameter(string Description, string? Default, bool Required = false);
