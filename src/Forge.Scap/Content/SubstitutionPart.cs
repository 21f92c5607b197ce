namespace Forge.Scap.Content;

/// <summary>A place for a value or a plain text (<c>xccdf:sub</c>, NISTIR 7275 rev. 4, section 7.2.3.6).</summary>
/// <param name="IdRef">Id of the value or plain text.</param>
/// <param name="UseTitle">Whether the value's title goes there instead of its text.</param>
public sealed record SubstitutionPart(string IdRef, bool UseTitle) : TextPart
{
    /// <inheritdoc/>
    public override string Name => IdRef;
}
