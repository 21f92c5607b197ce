using System.Xml.Linq;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>What a scan needs of a benchmark, taken apart: rules with their checks, groups, values and platform specifications. Prose and fixes are left out.</summary>
internal sealed class XccdfIndex
{
    private static readonly string[] HeadParts = ["status", "title", "platform", "version", "model"];
    private static readonly string[] GroupParts = ["title", "platform"];
    private static readonly string[] RuleParts = ["title", "platform", "check", "complex-check"];
    private static readonly string[] ValueParts = ["title", "value", "complex-value", "lower-bound", "upper-bound", "match", "choices", "default", "complex-default"];
    private static readonly string[] Left = ["extends", "cluster-id", "selected", "abstract"];

    private readonly Dictionary<string, XElement> _groups = [];
    private readonly Dictionary<string, XElement> _rules = [];
    private readonly Dictionary<string, XElement> _values = [];
    private readonly Dictionary<string, XElement> _platforms = [];

    private XccdfIndex(XElement head) => Head = head;

    /// <summary>The benchmark's element with its first properties only.</summary>
    public XElement Head { get; }

    public IReadOnlyDictionary<string, XElement> Groups => _groups;

    public IReadOnlyDictionary<string, XElement> Rules => _rules;

    public IReadOnlyDictionary<string, XElement> Values => _values;

    /// <summary>Platforms of the benchmark's platform specification by id.</summary>
    public IReadOnlyDictionary<string, XElement> Platforms => _platforms;

    /// <summary>Takes apart the benchmark at which the reader stands; the reader ends behind it.</summary>
    public static XccdfIndex Read(GuardedXmlReader reader)
    {
        var index = new XccdfIndex(Shell(reader));
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI == ScapNames.CpeLanguage && child.LocalName == "platform-specification")
            {
                index.ReadPlatforms(child);
                return true;
            }

            return child.NamespaceURI == ScapNames.Xccdf
                && (Keep(child, index.Head, HeadParts) || index.Item(child));
        });
        return index;
    }

    private bool Item(GuardedXmlReader child)
    {
        switch (child.LocalName)
        {
            case "Group":
                var group = Shell(child);
                XmlWalk.Children(child, inner => inner.NamespaceURI == ScapNames.Xccdf && (Keep(inner, group, GroupParts) || Item(inner)));
                _groups[(string)group.Attribute("id")!] = group;
                return true;
            case "Rule":
                Whole(child, RuleParts, _rules);
                return true;
            case "Value":
                Whole(child, ValueParts, _values);
                return true;
            default:
                return false;
        }
    }

    private static void Whole(GuardedXmlReader reader, string[] parts, Dictionary<string, XElement> into)
    {
        var element = Shell(reader);
        XmlWalk.Children(reader, inner => inner.NamespaceURI == ScapNames.Xccdf && Keep(inner, element, parts));
        into[(string)element.Attribute("id")!] = element;
    }

    private void ReadPlatforms(GuardedXmlReader reader) => XmlWalk.Children(reader, child =>
    {
        var id = child.GetAttribute("id");
        if (id is null)
        {
            return false;
        }

        _platforms[id] = (XElement)XNode.ReadFrom(child);
        return true;
    });

    private static bool Keep(GuardedXmlReader reader, XElement into, string[] parts)
    {
        if (Array.IndexOf(parts, reader.LocalName) < 0)
        {
            return false;
        }

        into.Add(XNode.ReadFrom(reader));
        return true;
    }

    /// <summary>The element at which the reader stands with its attributes and nothing in it; the reader stays.</summary>
    private static XElement Shell(GuardedXmlReader reader)
    {
        reader.Required("id");
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns" && Array.IndexOf(Left, reader.LocalName) < 0)
            {
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
            }
        }

        reader.MoveToElement();
        return element;
    }
}
