using System.Xml;
using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads SCAP 1.2 and 1.3 source data streams (NIST SP 800-126 rev. 3) and plain XCCDF 1.2 benchmarks. Streaming; check content is passed over,
/// but the file is read to its end, so that a truncated one is refused.</summary>
public static class DataStreamReader
{
    /// <summary>Reads a benchmark from a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="options">What to read; null for all.</param>
    /// <exception cref="ScapFormatException">The file is damaged, hostile or not SCAP content.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Benchmark Read(string path, DataStreamReadOptions? options = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Read(stream, path, options);
    }

    /// <summary>Reads a benchmark from a stream.</summary>
    /// <param name="stream">The bytes; left open.</param>
    /// <param name="name">Name for messages and for <see cref="BenchmarkSource.File"/>.</param>
    /// <param name="options">What to read; null for all.</param>
    /// <exception cref="ScapFormatException">The stream is damaged, hostile or not SCAP content.</exception>
    public static Benchmark Read(Stream stream, string name, DataStreamReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DataStreamReadOptions.Default;
        using var reader = GuardedXmlReader.Open(stream, name, options.Limits);
        var benchmark = (reader.NamespaceURI, reader.LocalName) switch
        {
            (ScapNames.DataStream, "data-stream-collection") => ReadCollection(reader, options),
            (ScapNames.Xccdf, "Benchmark") => new BenchmarkParser(reader, options).Parse(new BenchmarkSource(name, null, null, null, "")),
            (ScapNames.Xccdf11, _) => throw reader.Error("this is XCCDF 1.1", "Take the vendor's XCCDF 1.2 benchmark or SCAP 1.2/1.3 data stream."),
            _ => throw reader.Error(
                $"the root element is <{reader.Name}>, not a data stream collection or an XCCDF 1.2 benchmark",
                "Give a SCAP source data stream, for example ssg-debian12-ds.xml of scap-security-guide."),
        };
        reader.ReadToEnd();
        return benchmark;
    }

    private static Benchmark ReadCollection(GuardedXmlReader reader, DataStreamReadOptions options)
    {
        ChecklistReference? chosen = null;
        Benchmark? benchmark = null;
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.DataStream)
            {
                return false;
            }

            if (child.LocalName == "data-stream" && chosen is null)
            {
                chosen = ChecklistReference.Find(child, options);
                return true;
            }

            if (child.LocalName == "component" && chosen is not null && benchmark is null && child.GetAttribute("id") == chosen.ComponentId)
            {
                benchmark = ReadComponent(child, chosen, options);
                return true;
            }

            return false;
        });
        if (chosen is null)
        {
            throw reader.Error(Missing(options), "Leave the data stream id out to use the first, or look into the file for the ids that it has.");
        }

        return benchmark ?? throw reader.Error(
            $"component '{chosen.ComponentId}' of data stream '{chosen.DataStreamId}' is not in the file",
            "Take the file from its vendor again; a part of it is missing.");
    }

    private static string Missing(DataStreamReadOptions options) => options switch
    {
        { DataStreamId: { } stream, ComponentReference: { } reference } => $"there is no checklist '{reference}' in a data stream '{stream}'",
        { DataStreamId: { } stream } => $"there is no data stream '{stream}' with a checklist",
        { ComponentReference: { } reference } => $"there is no checklist '{reference}'",
        _ => "there is no data stream with a checklist",
    };

    private static Benchmark ReadComponent(GuardedXmlReader reader, ChecklistReference chosen, DataStreamReadOptions options)
    {
        Benchmark? benchmark = null;
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.Xccdf || child.LocalName != "Benchmark" || benchmark is not null)
            {
                return false;
            }

            var source = new BenchmarkSource(child.File, chosen.DataStreamId, chosen.Id, chosen.ComponentId, chosen.Timestamp);
            benchmark = new BenchmarkParser(child, options).Parse(source);
            return true;
        });
        return benchmark ?? throw reader.Error(
            $"component '{chosen.ComponentId}' holds no XCCDF 1.2 benchmark",
            "Give the id of a component reference under <checklists>.");
    }
}
