namespace Forge.Core.Journal;

/// <summary>Something that people should know and no other event says.</summary>
/// <param name="Text">One sentence.</param>
public sealed record Noted(string Text) : ForgeEvent;
