namespace Forge.Scap.Content;

/// <summary>A part of a text.</summary>
public abstract record TextPart
{
    /// <summary>Name for messages.</summary>
    public abstract string Name { get; }
}
