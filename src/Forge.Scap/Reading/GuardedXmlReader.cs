using System.Diagnostics.CodeAnalysis;
using System.Xml;

namespace Forge.Scap.Reading;

/// <summary>An <see cref="XmlReader"/> for files of others: no DTD, no entities, no resolver, bounded size, depth and attributes. Comments and processing
/// instructions are passed over. Every trouble is a <see cref="ScapFormatException"/>.</summary>
internal sealed class GuardedXmlReader : XmlReader, IXmlLineInfo
{
    private readonly XmlReader _inner;
    private readonly IXmlLineInfo _lines;
    private readonly ScapLimits _limits;

    private GuardedXmlReader(XmlReader inner, string file, ScapLimits limits)
    {
        _inner = inner;
        _lines = (IXmlLineInfo)inner;
        _limits = limits;
        File = file;
    }

    /// <summary>Name of what is read, for messages.</summary>
    public string File { get; }

    public override int AttributeCount => _inner.AttributeCount;

    public override string BaseURI => _inner.BaseURI;

    public override int Depth => _inner.Depth;

    public override bool EOF => _inner.EOF;

    public override bool IsEmptyElement => _inner.IsEmptyElement;

    public override string LocalName => _inner.LocalName;

    public override string NamespaceURI => _inner.NamespaceURI;

    public override XmlNameTable NameTable => _inner.NameTable;

    public override XmlNodeType NodeType => _inner.NodeType;

    public override string Prefix => _inner.Prefix;

    public override ReadState ReadState => _inner.ReadState;

    public override string Value => Translate(static r => r.Value);

    public int LineNumber => _lines.LineNumber;

    public int LinePosition => _lines.LinePosition;

    /// <summary>Opens a document and checks that its first element can be reached.</summary>
    public static GuardedXmlReader Open(Stream stream, string file, ScapLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxCharacters,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
        };
        var reader = new GuardedXmlReader(Create(stream, settings), file, limits);
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
        }

        return reader;
    }

    /// <summary>Reads on to the end of the document, so that a truncated file is noticed.</summary>
    public void ReadToEnd()
    {
        while (Read())
        {
        }
    }

    /// <summary>An error at the current place.</summary>
    public ScapFormatException Error(string reason, string nextStep) => new(File, LineNumber, LinePosition, reason, nextStep);

    /// <summary>An attribute that must be there.</summary>
    public string Required(string name)
    {
        var value = _inner.GetAttribute(name);
        return !string.IsNullOrEmpty(value)
            ? value
            : throw Error($"<{_inner.Name}> has no attribute '{name}'", "Take the file from its vendor again; it is not valid SCAP content.");
    }

    public override bool Read()
    {
        var more = Translate(static r => r.Read());
        if (more && _inner.NodeType == XmlNodeType.Element)
        {
            CheckElement();
        }

        return more;
    }

    public override string GetAttribute(int i) => _inner.GetAttribute(i);

    public override string? GetAttribute(string name) => _inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => _inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => _inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => _inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => _inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => _inner.MoveToElement();

    public override bool MoveToFirstAttribute() => _inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => _inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => Translate(static r => r.ReadAttributeValue());

    public override void ResolveEntity() => throw Error("an entity reference cannot be resolved", "Take the file from its vendor; entities are refused.");

    public bool HasLineInfo() => _lines.HasLineInfo();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckElement()
    {
        if (_inner.Depth > _limits.MaxDepth)
        {
            throw Error($"elements are nested deeper than {_limits.MaxDepth}", "Such a file is refused; take the content from its vendor.");
        }

        if (_inner.AttributeCount == 0)
        {
            return;
        }

        for (var i = 0; i < _inner.AttributeCount; i++)
        {
            if (_inner.GetAttribute(i).Length > _limits.MaxAttributeLength)
            {
                throw Error($"an attribute is longer than {_limits.MaxAttributeLength} characters", "Such a file is refused; take the content from its vendor.");
            }
        }
    }

    [SuppressMessage("Performance", "CA1859", Justification = "The delegate keeps the calls static and free of captures.")]
    private T Translate<T>(Func<XmlReader, T> read)
    {
        try
        {
            return read(_inner);
        }
        catch (XmlException error)
        {
            throw new ScapFormatException(
                File,
                error.LineNumber,
                error.LinePosition,
                "not readable as XML without DTD: " + error.Message.TrimEnd('.'),
                "Take the file from its vendor again; a damaged or truncated one is not used.",
                error);
        }
    }
}
