namespace Forge.Scap.Content;

/// <summary>An element in a fix that nobody can fill in; such a fix cannot be run.</summary>
/// <param name="Element">Its local name.</param>
public sealed record ForeignPart(string Element) : TextPart
{
    /// <inheritdoc/>
    public override string Name => "element " + Element;
}
