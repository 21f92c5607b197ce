using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads a value element.</summary>
internal static class ValueParser
{
    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public static Value Parse(GuardedXmlReader reader)
    {
        BenchmarkParser.RefuseExtends(reader);
        var id = reader.Required("id");
        var type = reader.GetAttribute("type") ?? "string";
        var comparison = reader.GetAttribute("operator") ?? "equals";
        var title = "";
        var options = new List<ValueOption>();
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.Xccdf)
            {
                return false;
            }

            var selector = child.GetAttribute("selector");
            switch (child.LocalName)
            {
                case "title":
                    var text = XmlWalk.Text(child).Trim();
                    title = title.Length > 0 ? title : text;
                    return true;
                case "value":
                    options.Add(new ValueOption(selector, XmlWalk.Text(child)));
                    return true;
                case "complex-value":
                    options.Add(new ValueOption(selector, Items(child), IsComplex: true));
                    return true;
                default:
                    return false;
            }
        });
        return new Value { Id = id, Title = title, Type = type, Operator = comparison, Options = options };
    }

    private static string Items(GuardedXmlReader reader)
    {
        var items = new List<string>();
        XmlWalk.Children(reader, item =>
        {
            items.Add(XmlWalk.Text(item));
            return true;
        });
        return string.Join('\n', items);
    }
}
