using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>The checklist of a data stream that is to be read.</summary>
/// <param name="DataStreamId">Data stream.</param>
/// <param name="Timestamp">Its time stamp as written.</param>
/// <param name="Id">Component reference.</param>
/// <param name="ComponentId">Component that it points to.</param>
internal sealed record ChecklistReference(string DataStreamId, string Timestamp, string Id, string ComponentId)
{
    /// <summary>Reads a data stream element and chooses its checklist; null where the options want another one.</summary>
    public static ChecklistReference? Find(GuardedXmlReader reader, DataStreamReadOptions options)
    {
        var id = reader.Required("id");
        var timestamp = reader.GetAttribute("timestamp") ?? "";
        ChecklistReference? found = null;
        XmlWalk.Children(reader, list =>
        {
            if (list.NamespaceURI != ScapNames.DataStream || list.LocalName != "checklists")
            {
                return false;
            }

            XmlWalk.Children(list, reference =>
            {
                if (found is null && reference.LocalName == "component-ref" && reference.NamespaceURI == ScapNames.DataStream)
                {
                    var own = reference.Required("id");
                    var href = reference.GetAttribute("href", ScapNames.XLink) ?? "";
                    if (href.StartsWith('#') && (options.ComponentReference is null || options.ComponentReference == own))
                    {
                        found = new ChecklistReference(id, timestamp, own, href[1..]);
                    }
                }

                return false;
            });
            return true;
        });
        return options.DataStreamId is null || options.DataStreamId == id ? found : null;
    }
}
