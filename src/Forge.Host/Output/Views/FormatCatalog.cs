using System.Buffers;
using System.Globalization;
using System.Management.Automation;
using System.Xml;
using System.Xml.Linq;

namespace Forge.Host.Output.Views;

/// <summary>
/// The views of a PowerShell format file (about_Format.ps1xml). Read is what Forge's own file uses: tables and lists whose columns name a property
/// or a path of properties, with label, width, alignment and format string. Anything else is refused, so that the two hosts cannot differ silently.
/// </summary>
internal sealed class FormatCatalog
{
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.");

    private readonly Dictionary<string, View> _byType = new(StringComparer.OrdinalIgnoreCase);

    private FormatCatalog(IEnumerable<View> views)
    {
        foreach (View view in views)
        {
            foreach (string type in view.TypeNames)
            {
                _byType.TryAdd(type, view);
            }
        }
    }

    /// <summary>The types that have a view.</summary>
    internal IEnumerable<string> TypeNames => _byType.Keys;

    /// <summary>Reads a format file.</summary>
    /// <param name="path">The file; one that does not exist gives no views.</param>
    /// <exception cref="InvalidDataException">The file uses what is not read here.</exception>
    internal static FormatCatalog Load(string path)
    {
        if (!File.Exists(path))
        {
            return new FormatCatalog([]);
        }

        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        return new FormatCatalog([.. root.Elements("ViewDefinitions").Elements("View").Select(element => ReadView(element, path))]);
    }

    /// <summary>The view of an object: that of its type, else of a base type, else none.</summary>
    internal View? For(object value)
    {
        foreach (string name in PSObject.AsPSObject(value).TypeNames)
        {
            if (_byType.TryGetValue(name, out View? view))
            {
                return view;
            }
        }

        return null;
    }

    private static View ReadView(XElement element, string path)
    {
        string name = (string?)element.Element("Name") ?? throw Bad(element, path, "a view has no Name");
        string[] types = [.. element.Elements("ViewSelectedBy").Elements("TypeName").Select(type => type.Value.Trim())];
        if (element.Element("TableControl") is { } table)
        {
            return new View(name, types, IsTable: true, ReadTable(table, path));
        }

        XElement list = element.Element("ListControl") ?? throw Bad(element, path, "a view is neither table nor list");
        return new View(name, types, IsTable: false, [.. list.Descendants("ListItem").Select(item => ReadColumn(item, null, path))]);
    }

    private static List<ViewColumn> ReadTable(XElement table, string path)
    {
        List<XElement> headers = [.. table.Elements("TableHeaders").Elements("TableColumnHeader")];
        List<XElement> items = [.. table.Descendants("TableColumnItem")];
        return headers.Count == items.Count
            ? [.. items.Select((item, i) => ReadColumn(item, headers[i], path))]
            : throw Bad(table, path, $"{headers.Count} headers stand over {items.Count} columns");
    }

    private static ViewColumn ReadColumn(XElement item, XElement? header, string path)
    {
        string property = (string?)item.Element("PropertyName")
            ?? PropertyPath((string?)item.Element("ScriptBlock"))
            ?? throw Bad(item, path, "a column names no property, and no path of properties such as $_.Boot.TotalSeconds");
        string label = (string?)(header ?? item).Element("Label") ?? property;
        string alignment = (string?)item.Element("Alignment") ?? (string?)header?.Element("Alignment") ?? "Left";
        string width = (string?)header?.Element("Width") ?? "0";
        return new ViewColumn(
            label,
            property,
            (string?)item.Element("FormatString"),
            int.Parse(width, CultureInfo.InvariantCulture),
            alignment.Equals("Right", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The one kind of script block that both hosts show alike: properties of properties.</summary>
    private static string? PropertyPath(string? script)
        => script is not null && script.StartsWith("$_.", StringComparison.Ordinal) && script.AsSpan(3).IndexOfAnyExcept(PathCharacters) < 0 ? script[3..] : null;

    private static InvalidDataException Bad(XElement element, string path, string why)
        => new($"{path}, line {((IXmlLineInfo)element).LineNumber}: {why}.");
}
