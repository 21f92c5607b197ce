namespace Forge.Core.Extraction;

/// <summary>One field of an action template: texts with places between them.</summary>
/// <param name="Key">Key in the proposal.</param>
/// <param name="Texts">The fixed texts; one more than there are places.</param>
/// <param name="Places">The places.</param>
internal sealed record TemplateField(string Key, IReadOnlyList<string> Texts, IReadOnlyList<Placeholder> Places);
