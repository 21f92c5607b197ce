using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Forge.Store.Reports;

/// <summary>
/// Writes HTML of which only markup that stands in this assembly can be markup: tags are constants, every text and attribute value is made harmless by
/// <see cref="HostText"/> and then escaped. There is no way to write raw text that was computed.
/// </summary>
internal sealed class HtmlWriter(HostText hostText)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _out = new();

    public HostText HostText => hostText;

    /// <summary>Markup of this assembly.</summary>
    public HtmlWriter Markup([System.Diagnostics.CodeAnalysis.ConstantExpected] string constant)
    {
        _out.Append(constant);
        return this;
    }

    /// <summary>A text of one line.</summary>
    public HtmlWriter Text(string text)
    {
        _out.Append(Encoder.Encode(hostText.Line(text)));
        return this;
    }

    /// <summary>An element with a text of one line in it.</summary>
    public HtmlWriter Element([System.Diagnostics.CodeAnalysis.ConstantExpected] string tag, string text, string? cssClass = null)
    {
        Open(tag, cssClass).Text(text);
        _out.Append("</").Append(tag).Append('>');
        return this;
    }

    /// <summary>The start of an element.</summary>
    public HtmlWriter Open([System.Diagnostics.CodeAnalysis.ConstantExpected] string tag, string? cssClass = null) => Tag(tag, ("class", cssClass));

    /// <summary>The start of an element with attributes, names of this assembly; those without a value are left out.</summary>
    public HtmlWriter Tag([System.Diagnostics.CodeAnalysis.ConstantExpected] string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _out.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _out.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(value)).Append('"');
            }
        }

        _out.Append('>');
        return this;
    }

    /// <summary>Text of several lines, already made harmless and bounded (see <see cref="HostText.Block"/>).</summary>
    public HtmlWriter Block(string harmless)
    {
        // Line by line: the encoder turns line feeds into entities, which would make the page one line.
        _out.Append("<pre>").AppendJoin('\n', harmless.Split('\n').Select(Encoder.Encode)).Append("</pre>\n");
        return this;
    }

    public override string ToString() => _out.ToString();
}
