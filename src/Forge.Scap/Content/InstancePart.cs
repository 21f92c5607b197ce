namespace Forge.Scap.Content;

/// <summary>A place for the instance that a rule result names (<c>xccdf:instance</c>).</summary>
/// <param name="Context">Context of the instance; empty for the default one.</param>
public sealed record InstancePart(string Context) : TextPart
{
    /// <inheritdoc/>
    public override string Name => "instance";
}
