namespace Forge.Scap.Content;

/// <summary>A rule's name in another catalogue.</summary>
/// <param name="Href">Address of the catalogue as the content writes it.</param>
/// <param name="Text">Name in it.</param>
public sealed record RuleReference(string Href, string Text);
