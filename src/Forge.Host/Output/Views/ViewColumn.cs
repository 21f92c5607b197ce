namespace Forge.Host.Output.Views;

/// <summary>A column of a table, or a line of a list.</summary>
/// <param name="Label">Its heading.</param>
/// <param name="Property">The property that it shows.</param>
/// <param name="Format">A composite format string, or null.</param>
/// <param name="Width">Characters; 0 for as many as needed.</param>
/// <param name="AlignsRight">Whether it stands at the right, as numbers do.</param>
internal sealed record ViewColumn(string Label, string Property, string? Format = null, int Width = 0, bool AlignsRight = false)
{
    /// <summary>What it shows of an object.</summary>
    internal string TextOf(object value) => PropertyReader.Text(PropertyReader.Value(value, Property), Format).ReplaceLineEndings(" ");
}
