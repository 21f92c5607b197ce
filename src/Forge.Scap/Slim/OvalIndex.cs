using System.Xml;
using System.Xml.Linq;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>An OVAL component (OVAL 5.11.2), taken apart by item, so that the closure of some definitions can be written again.</summary>
internal sealed class OvalIndex
{
    private static readonly string[] Sections = ["definitions", "tests", "objects", "states", "variables"];
    private readonly List<OvalItem> _items = [];
    private readonly Dictionary<string, OvalItem> _byId = [];
    private XElement? _generator;

    private OvalIndex()
    {
    }

    /// <summary>Ids of all definitions.</summary>
    public IEnumerable<string> Definitions => _items.Where(i => i.Section == 0).Select(i => i.Id);

    /// <summary>Takes apart the <c>oval_definitions</c> element at which the reader stands; the reader ends behind it.</summary>
    public static OvalIndex Read(GuardedXmlReader reader)
    {
        var index = new OvalIndex();
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.Oval)
            {
                return false;
            }

            if (child.LocalName == "generator")
            {
                index._generator = (XElement)XNode.ReadFrom(child);
                return true;
            }

            var section = Array.IndexOf(Sections, child.LocalName);
            if (section < 0)
            {
                return false;
            }

            XmlWalk.Children(child, item =>
            {
                index.Add(section, item);
                return true;
            });
            return true;
        });
        foreach (var item in index._items)
        {
            item.Link(index._byId);
        }

        return index;
    }

    /// <summary>All that some definitions need.</summary>
    /// <param name="roots">Definition ids.</param>
    /// <param name="missing">Gets the references that lead nowhere.</param>
    public HashSet<OvalItem> Closure(IEnumerable<string> roots, ICollection<string> missing)
    {
        var kept = new HashSet<OvalItem>();
        var open = new Stack<OvalItem>();
        foreach (var root in roots)
        {
            if (_byId.TryGetValue(root, out var item))
            {
                open.Push(item);
            }
            else
            {
                missing.Add(root);
            }
        }

        while (open.TryPop(out var item))
        {
            if (!kept.Add(item))
            {
                continue;
            }

            foreach (var needed in item.Needs)
            {
                open.Push(needed);
            }

            foreach (var unknown in item.Unknown)
            {
                missing.Add(unknown);
            }
        }

        return kept;
    }

    /// <summary>Writes an OVAL document with the given items in their order.</summary>
    public void Write(XmlWriter writer, HashSet<OvalItem> kept)
    {
        writer.WriteStartElement("oval_definitions", ScapNames.Oval);
        _generator?.WriteTo(writer);
        for (var section = 0; section < Sections.Length; section++)
        {
            var started = false;
            foreach (var item in _items)
            {
                if (item.Section != section || !kept.Contains(item))
                {
                    continue;
                }

                if (!started)
                {
                    writer.WriteStartElement(Sections[section], ScapNames.Oval);
                                started = true;
                }

                item.Element.WriteTo(writer);
                    }

            if (started)
            {
                writer.WriteEndElement();
                    }
        }

        writer.WriteEndElement();
    }

    private void Add(int section, GuardedXmlReader reader)
    {
        var id = reader.Required("id");
        var element = (XElement)XNode.ReadFrom(reader);
        if (section == 0)
        {
            Trim(element);
        }

        var item = new OvalItem(id, section, element);
        if (!_byId.TryAdd(id, item))
        {
            throw reader.Error($"OVAL id '{id}' occurs twice", "Take the file from its vendor again; ids must be unique.");
        }

        _items.Add(item);
    }

    /// <summary>Metadata is for people; the schema wants a title and a description.</summary>
    private static void Trim(XElement definition)
    {
        var metadata = definition.Element(ScapNames.OvalDef + "metadata");
        metadata?.Elements().Where(e => e.Name.LocalName is not ("title" or "description")).Remove();
        metadata?.Element(ScapNames.OvalDef + "description")?.SetValue("");
    }
}
