using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Forge.Host.Output;

/// <summary>Reads the properties of objects as text, as PowerShell's formatting does.</summary>
internal static class PropertyReader
{
    private const int ShownElements = 4;

    /// <summary>The properties of an object that have values, in order.</summary>
    internal static IReadOnlyList<string> Names(object value) => [.. PSObject.AsPSObject(value).Properties.Select(property => property.Name)];

    /// <summary>A property, or one of a property (<c>Boot.TotalSeconds</c>); null if there is none.</summary>
    internal static object? Value(object owner, string path)
    {
        object? value = owner;
        foreach (string name in path.Split('.'))
        {
            value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        return value;
    }

    /// <summary>A value as text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">A composite format string, or null.</param>
    internal static string Text(object? value, string? format)
    {
        if (value is null)
        {
            return "";
        }

        if (!string.IsNullOrEmpty(format))
        {
            return string.Format(CultureInfo.InvariantCulture, format, value);
        }

        return value switch
        {
            string text => text,
            DateTimeOffset moment => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable list => List(list.Cast<object?>()),
            _ => value.ToString() ?? "",
        };
    }

    private static string List(IEnumerable<object?> list)
    {
        List<string> texts = [.. list.Take(ShownElements + 1).Select(element => Text(element, null))];
        string more = texts.Count > ShownElements ? "…" : "";
        return $"{{{string.Join(", ", texts.Take(ShownElements))}{more}}}";
    }
}
