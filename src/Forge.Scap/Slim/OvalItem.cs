using System.Xml.Linq;

namespace Forge.Scap.Slim;

/// <summary>A definition, test, object, state or variable.</summary>
/// <param name="id">Its id.</param>
/// <param name="section">Which section of the document it stands in, from 0.</param>
/// <param name="element">The element.</param>
internal sealed class OvalItem(string id, int section, XElement element)
{
    private static readonly string[] TextReferences = ["object_reference", "filter", "var_ref"];

    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>Which section of the document it stands in, from 0.</summary>
    public int Section { get; } = section;

    /// <summary>The element.</summary>
    public XElement Element { get; } = element;

    /// <summary>Items that it names.</summary>
    public IReadOnlyList<OvalItem> Needs { get; private set; } = [];

    /// <summary>Ids that it refers to and that do not exist.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    /// <summary>
    /// Finds what it names: any attribute or text that equals an id counts, so that a kind of reference that is not known here is kept too; what stands in
    /// the places for references and is no id is unknown.
    /// </summary>
    public void Link(IReadOnlyDictionary<string, OvalItem> byId)
    {
        var needs = new List<OvalItem>();
        var unknown = new List<string>();
        foreach (var node in Element.DescendantsAndSelf())
        {
            foreach (var attribute in node.Attributes())
            {
                if (attribute.IsNamespaceDeclaration || (node == Element && attribute.Name.LocalName == "id"))
                {
                    continue;
                }

                Note(attribute.Value, attribute.Name.LocalName.EndsWith("_ref", StringComparison.Ordinal));
            }

            if (!node.HasElements && !node.IsEmpty)
            {
                Note(node.Value.Trim(), Array.IndexOf(TextReferences, node.Name.LocalName) >= 0);
            }
        }

        Needs = needs;
        Unknown = unknown;

        void Note(string text, bool isReference)
        {
            if (byId.TryGetValue(text, out var item))
            {
                needs.Add(item);
            }
            else if (isReference && text.Length > 0)
            {
                unknown.Add(text);
            }
        }
    }
}
