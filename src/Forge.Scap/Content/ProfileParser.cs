using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads a profile element of a benchmark or a tailoring.</summary>
internal static class ProfileParser
{
    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public static Profile Parse(GuardedXmlReader reader)
    {
        var id = reader.Required("id");
        var extends = reader.GetAttribute("extends");
        var title = "";
        var changes = new List<ProfileChange>();
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.Xccdf)
            {
                return false;
            }

            switch (child.LocalName)
            {
                case "title":
                    var text = XmlWalk.Text(child).Trim();
                    title = title.Length > 0 ? title : text;
                    return true;
                case "set-value":
                    var value = child.Required("idref");
                    changes.Add(new SetValueChange(value, XmlWalk.Text(child)));
                    return true;
                case "select":
                    changes.Add(new SelectChange(child.Required("idref"), BenchmarkParser.Flag(child, "selected", true)));
                    return false;
                case "refine-value":
                    changes.Add(new RefineValueChange(child.Required("idref"), child.GetAttribute("selector"), child.GetAttribute("operator")));
                    return false;
                case "refine-rule":
                    changes.Add(RefineRule(child));
                    return false;
                default:
                    return false;
            }
        });
        return new Profile { Id = id, Title = title, Extends = extends, Changes = changes };
    }

    private static RefineRuleChange RefineRule(GuardedXmlReader reader) => new(
        reader.Required("idref"),
        reader.GetAttribute("severity") is { } severity ? XccdfWords.Severity(reader, severity) : null,
        reader.GetAttribute("weight") is { } weight ? XccdfWords.Weight(reader, weight) : null,
        reader.GetAttribute("role") is { } role ? XccdfWords.Role(reader, role) : null,
        reader.GetAttribute("selector"));
}
