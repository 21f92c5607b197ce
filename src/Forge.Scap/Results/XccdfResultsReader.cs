using Forge.Scap.Reading;

namespace Forge.Scap.Results;

/// <summary>Reads XCCDF 1.2 test results: alone, in a benchmark (<c>oscap --results</c>) or in an asset report (ARF 1.1, <c>oscap --results-arf</c>).</summary>
public static class XccdfResultsReader
{
    private const string Again = "Scan again: a result that is not complete is not used.";

    /// <summary>Reads the newest test result of a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="limits">Limits; null for the default ones.</param>
    /// <exception cref="ScapFormatException">The file is damaged, truncated, or holds no complete test result.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static XccdfResults Read(string path, ScapLimits? limits = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Read(stream, path, limits);
    }

    /// <summary>Reads the newest test result of a stream.</summary>
    /// <param name="stream">The bytes; left open.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="limits">Limits; null for the default ones.</param>
    /// <exception cref="ScapFormatException">The stream is damaged, truncated, or holds no complete test result.</exception>
    public static XccdfResults Read(Stream stream, string name, ScapLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = GuardedXmlReader.Open(stream, name, limits ?? ScapLimits.Default);
        if (!IsKnownRoot(reader))
        {
            throw reader.Error($"the root element is <{reader.Name}>, not an XCCDF 1.2 result or an asset report", "Give the file that oscap wrote with --results or --results-arf.");
        }

        XccdfResults? newest = null;
        Search(reader, result => newest = newest is null || result.End >= newest.End ? result : newest);
        reader.ReadToEnd();
        return newest ?? throw new ScapFormatException(name, 0, 0, "there is no test result in it", Again);
    }

    private static bool IsKnownRoot(GuardedXmlReader reader) =>
        (reader.NamespaceURI == ScapNames.Xccdf && reader.LocalName is "TestResult" or "Benchmark")
        || (reader.NamespaceURI == ScapNames.Arf && reader.LocalName == "asset-report-collection");

    /// <summary>Goes through what can hold a test result and passes over the rest.</summary>
    private static void Search(GuardedXmlReader reader, Action<XccdfResults> found)
    {
        if (reader.NamespaceURI == ScapNames.Xccdf && reader.LocalName == "TestResult")
        {
            found(new TestResultParser(reader).Parse());
            return;
        }

        XmlWalk.Children(reader, child =>
        {
            var holds = child.NamespaceURI switch
            {
                ScapNames.Xccdf => child.LocalName is "TestResult",
                ScapNames.Arf => child.LocalName is "reports" or "report" or "content",
                _ => false,
            };
            if (holds)
            {
                Search(child, found);
            }

            return holds;
        });
    }
}
