using System.Text;
using System.Xml;
using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Flattens XHTML of descriptions to plain text: line breaks, paragraphs, list items and preformatted text keep their lines, other white space is
/// collapsed; places for values stay.</summary>
internal sealed class MarkupParser
{
    private readonly List<TextPart> _parts = [];
    private readonly StringBuilder _text = new();
    private bool _lineStart = true;
    private bool _space;

    private MarkupParser()
    {
    }

    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public static XccdfText Parse(GuardedXmlReader reader)
    {
        var parser = new MarkupParser();
        parser.Element(reader, preformatted: false);
        parser.TrimEnd();
        parser.Flush();
        return parser._parts.Count == 0 ? XccdfText.Empty : new XccdfText(parser._parts);
    }

    private void Element(GuardedXmlReader reader, bool preformatted)
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
            if (reader.NodeType == XmlNodeType.Element)
            {
                Child(reader, preformatted);
                continue;
            }

            if (XmlWalk.IsText(reader.NodeType))
            {
                Append(reader.Value, preformatted);
            }

            reader.Read();
        }

        reader.Read();
    }

    private void Child(GuardedXmlReader reader, bool preformatted)
    {
        if (reader.NamespaceURI == ScapNames.Xccdf && reader.LocalName is "sub" or "instance")
        {
            Settle();
            Flush();
            _parts.Add(FixContentParser.Part(reader));
            _lineStart = false;
            reader.Skip();
            return;
        }

        switch (reader.LocalName)
        {
            case "br":
                Break();
                reader.Skip();
                break;
            case "pre":
                NewLine();
                Element(reader, preformatted: true);
                NewLine();
                break;
            case "li":
                NewLine();
                Append("- ", preformatted: true);
                Element(reader, preformatted);
                NewLine();
                break;
            case "p" or "div" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "tr" or "blockquote":
                NewLine();
                Element(reader, preformatted);
                NewLine();
                break;
            default:
                Element(reader, preformatted);
                break;
        }
    }

    private void Append(string text, bool preformatted)
    {
        if (preformatted)
        {
            Settle();
            _text.Append(text);
            _lineStart = text.Length > 0 ? text[^1] == '\n' : _lineStart;
            return;
        }

        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                _space = true;
                continue;
            }

            Settle();
            _text.Append(character);
            _lineStart = false;
        }
    }

    private void Settle()
    {
        if (_space && !_lineStart)
        {
            _text.Append(' ');
        }

        _space = false;
    }

    private void NewLine()
    {
        _space = false;
        if (!_lineStart)
        {
            Break();
        }
    }

    private void Break()
    {
        _space = false;
        if (_text.Length > 0 || _parts.Count > 0)
        {
            _text.Append('\n');
        }

        _lineStart = true;
    }

    private void TrimEnd()
    {
        while (_text.Length > 0 && char.IsWhiteSpace(_text[^1]))
        {
            _text.Length--;
        }
    }

    private void Flush()
    {
        if (_text.Length > 0)
        {
            _parts.Add(new LiteralPart(_text.ToString()));
            _text.Clear();
        }
    }
}
