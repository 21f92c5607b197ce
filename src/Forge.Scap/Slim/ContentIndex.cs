using System.Xml.Linq;
using Forge.Scap.Content;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>A source data stream taken apart, ready to be cut.</summary>
internal sealed class ContentIndex
{
    private readonly Dictionary<string, OvalIndex> _oval = [];
    private readonly Dictionary<string, XElement> _others = [];
    private readonly Dictionary<string, string> _prefixes = [];

    private ContentIndex()
    {
    }

    /// <summary>The collection's element without content.</summary>
    public required XElement Collection { get; init; }

    /// <summary>The data stream's element: dictionaries, checklists, checks.</summary>
    public XElement? DataStream { get; private set; }

    /// <summary>The checklist that is cut.</summary>
    public ChecklistReference? Checklist { get; private set; }

    /// <summary>Its benchmark.</summary>
    public XccdfIndex? Benchmark { get; private set; }

    /// <summary>OVAL components by id.</summary>
    public IReadOnlyDictionary<string, OvalIndex> Oval => _oval;

    /// <summary>Other components by id: CPE dictionaries and extended components (scripts). OCIL questionnaires are left out.</summary>
    public IReadOnlyDictionary<string, XElement> Others => _others;

    /// <summary>Component ids by the names that checks use; empty for files elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Catalog { get; private set; } = new Dictionary<string, string>();

    /// <summary>Namespace prefixes of the root element.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => _prefixes;

    /// <summary>Takes a data stream apart.</summary>
    public static ContentIndex Read(GuardedXmlReader reader, DataStreamReadOptions options)
    {
        if (reader.NamespaceURI != ScapNames.DataStream || reader.LocalName != "data-stream-collection")
        {
            throw reader.Error($"the root element is <{reader.Name}>, not a data stream collection", "Give a SCAP source data stream; other content is scanned whole.");
        }

        var index = new ContentIndex { Collection = new XElement(ScapNames.Ds + "data-stream-collection") };
        index.ReadRoot(reader);
        XmlWalk.Children(reader, child => child.NamespaceURI == ScapNames.DataStream && index.Child(child, options));
        reader.ReadToEnd();
        index.Catalog = index.DataStream is null ? index.Catalog : DataStreamCatalog.Of(index.DataStream);
        return index.Benchmark is not null
            ? index
            : throw new ScapFormatException(reader.File, 0, 0, "the benchmark of the data stream is not in the file", "Take the file from its vendor again.");
    }

    private void ReadRoot(GuardedXmlReader reader)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns")
            {
                _prefixes[reader.LocalName] = reader.Value;
            }
            else if (reader.LocalName != "xmlns")
            {
                Collection.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
            }
        }

        reader.MoveToElement();
    }

    private bool Child(GuardedXmlReader child, DataStreamReadOptions options)
    {
        switch (child.LocalName)
        {
            case "data-stream" when DataStream is null:
                ReadDataStream(child, options);
                return true;
            case "component":
                return Component(child);
            case "extended-component":
                var id = child.Required("id");
                _others[id] = (XElement)XNode.ReadFrom(child);
                return true;
            default:
                return false;
        }
    }

    private void ReadDataStream(GuardedXmlReader reader, DataStreamReadOptions options)
    {
        var element = (XElement)XNode.ReadFrom(reader);
        var id = (string?)element.Attribute("id") ?? "";
        if (options.DataStreamId is not null && options.DataStreamId != id)
        {
            return;
        }

        var reference = element.Elements(ScapNames.Ds + "checklists")
            .Elements(ScapNames.Ds + "component-ref")
            .FirstOrDefault(r => options.ComponentReference is null || options.ComponentReference == (string?)r.Attribute("id"));
        var href = (string?)reference?.Attribute(ScapNames.Link + "href");
        if (reference is null || href is null || !href.StartsWith('#'))
        {
            return;
        }

        DataStream = element;
        Checklist = new ChecklistReference(id, (string?)element.Attribute("timestamp") ?? "", (string?)reference.Attribute("id") ?? "", href[1..]);
    }

    private bool Component(GuardedXmlReader reader)
    {
        var id = reader.Required("id");
        XmlWalk.Children(reader, child =>
        {
            switch (child.NamespaceURI, child.LocalName)
            {
                case (ScapNames.Oval, "oval_definitions"):
                    _oval[id] = OvalIndex.Read(child);
                    return true;
                case (ScapNames.Xccdf, "Benchmark") when id == Checklist?.ComponentId:
                    Benchmark = XccdfIndex.Read(child);
                    return true;
                case (ScapNames.CpeDictionary, _):
                    _others[id] = new XElement(ScapNames.Ds + "component", new XAttribute("id", id), XNode.ReadFrom(child));
                    return true;
                default:
                    return false;
            }
        });
        return true;
    }
}
