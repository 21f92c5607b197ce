namespace Forge.Core.Comparison;

/// <summary>Something besides the items that differs between the sides of a comparison.</summary>
/// <param name="Name">What, for example <c>profile</c>.</param>
/// <param name="Reference">Values in the reference.</param>
/// <param name="Difference">Values in the difference.</param>
internal sealed record Circumstance(string Name, string Reference, string Difference)
{
    private const int Shown = 60;

    public override string ToString() => $"{Name}: {Cut(Reference)} | {Cut(Difference)}";

    // The end tells paths and ids apart, not the beginning.
    private static string Cut(string value) => value.Length == 0 ? "-" : value.Length <= Shown ? value : "…" + value[^(Shown - 1)..];
}
