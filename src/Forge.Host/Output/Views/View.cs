namespace Forge.Host.Output.Views;

/// <summary>How objects of some types are shown.</summary>
/// <param name="Name">The name of the view.</param>
/// <param name="TypeNames">The types.</param>
/// <param name="IsTable">A table, else a list.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record View(string Name, IReadOnlyList<string> TypeNames, bool IsTable, IReadOnlyList<ViewColumn> Columns)
{
    /// <summary>A table up to here, a list beyond; PowerShell's own limit.</summary>
    private const int MostTableColumns = 4;

    /// <summary>The view of an object that has none.</summary>
    internal static View Of(object value)
    {
        IReadOnlyList<string> names = PropertyReader.Names(value);
        return new View(
            value.GetType().Name,
            [],
            names.Count <= MostTableColumns,
            [.. names.Select(name => new ViewColumn(name, name, AlignsRight: IsNumber(PropertyReader.Value(value, name))))]);
    }

    private static bool IsNumber(object? value) => value is not Enum && Type.GetTypeCode(value?.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal;
}
