using System.Xml.Linq;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>How names in checks lead to components: through the catalogue of a component reference to another component reference (NIST SP 800-126 rev. 3, section 3.1.1).</summary>
internal static class DataStreamCatalog
{
    /// <summary>Component ids by name; empty for one that is named by an address elsewhere.</summary>
    public static Dictionary<string, string> Of(XElement dataStream)
    {
        var components = new Dictionary<string, string>();
        foreach (var reference in dataStream.Descendants(ScapNames.Ds + "component-ref"))
        {
            components[(string?)reference.Attribute("id") ?? ""] = Component(reference);
        }

        var names = new Dictionary<string, string>();
        foreach (var uri in dataStream.Descendants(ScapNames.Cat + "uri"))
        {
            var target = ((string?)uri.Attribute("uri") ?? "").TrimStart('#');
            if (components.TryGetValue(target, out var component))
            {
                names[(string?)uri.Attribute("name") ?? ""] = component;
            }
        }

        return names;
    }

    /// <summary>The component that a reference points to; empty for one elsewhere.</summary>
    public static string Component(XElement reference)
    {
        var href = (string?)reference.Attribute(ScapNames.Link + "href") ?? "";
        return href.StartsWith('#') ? href[1..] : "";
    }
}
