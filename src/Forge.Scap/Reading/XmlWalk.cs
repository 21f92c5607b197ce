using System.Xml;

namespace Forge.Scap.Reading;

/// <summary>Walks through the children of the element at which a reader stands.</summary>
internal static class XmlWalk
{
    /// <summary>Calls for every child element; the reader ends behind the element.</summary>
    /// <param name="reader">Stands at a start element.</param>
    /// <param name="handle">Consumes the child it is given and returns true, or leaves it and returns false.</param>
    public static void Children(GuardedXmlReader reader, Func<GuardedXmlReader, bool> handle)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
            }
            else if (!handle(reader))
            {
                reader.Skip();
            }
        }

        reader.Read();
    }

    /// <summary>The text of an element, that of its children included; the reader ends behind it.</summary>
    public static string Text(GuardedXmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var depth = reader.Depth;
        string? first = null;
        System.Text.StringBuilder? all = null;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (IsText(reader.NodeType))
            {
                if (first is null)
                {
                    first = reader.Value;
                }
                else
                {
                    (all ??= new System.Text.StringBuilder(first)).Append(reader.Value);
                }
            }

            reader.Read();
        }

        reader.Read();
        return all?.ToString() ?? first ?? "";
    }

    /// <summary>Whether a node carries characters of the content.</summary>
    public static bool IsText(XmlNodeType type) =>
        type is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
}
