namespace Forge.Core.Extraction;

/// <summary>A place in a template that a group of a match fills.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Filters">Filters in the order in which they change the value.</param>
/// <param name="Optional">Whether the field is left out where the group matched nothing.</param>
internal sealed record Placeholder(string Group, IReadOnlyList<string> Filters, bool Optional);
