using System.Text;
using System.Xml;
using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads the content of a fix: every character counts.</summary>
internal static class FixContentParser
{
    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public static XccdfText Parse(GuardedXmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return XccdfText.Empty;
        }

        var parts = new List<TextPart>();
        var text = new StringBuilder();
        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                Flush(parts, text);
                parts.Add(Part(reader));
                reader.Skip();
                continue;
            }

            if (XmlWalk.IsText(reader.NodeType))
            {
                text.Append(reader.Value);
            }

            reader.Read();
        }

        reader.Read();
        Flush(parts, text);
        return new XccdfText(parts);
    }

    /// <summary>The part that a child element stands for.</summary>
    public static TextPart Part(GuardedXmlReader reader) => (reader.NamespaceURI, reader.LocalName) switch
    {
        (ScapNames.Xccdf, "sub") => new SubstitutionPart(reader.Required("idref"), reader.GetAttribute("use") == "title"),
        (ScapNames.Xccdf, "instance") => new InstancePart(reader.GetAttribute("context") ?? ""),
        _ => new ForeignPart(reader.LocalName),
    };

    private static void Flush(List<TextPart> parts, StringBuilder text)
    {
        if (text.Length > 0)
        {
            parts.Add(new LiteralPart(text.ToString()));
            text.Clear();
        }
    }
}
