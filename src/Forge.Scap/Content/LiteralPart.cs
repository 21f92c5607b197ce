namespace Forge.Scap.Content;

/// <summary>Text that stands as it is.</summary>
/// <param name="Text">The text.</param>
public sealed record LiteralPart(string Text) : TextPart
{
    /// <inheritdoc/>
    public override string Name => "text";
}
