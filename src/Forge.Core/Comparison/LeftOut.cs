namespace Forge.Core.Comparison;

/// <summary>Results that a comparison leaves out.</summary>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why.</param>
public sealed record LeftOut(int Count, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Reason}";
}
