using System.Xml.Linq;

namespace Forge.Build.TestRuns;

/// <summary>What result files say.</summary>
internal readonly record struct TestCount(int Passed, int Failed, int Skipped)
{
    public static TestCount operator +(TestCount left, TestCount right) => new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>The last line of a test run.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <summary>Counts an xunit result file (v2 XML); names each skipped test with its reason.</summary>
    public static TestCount OfXunit(string file, TextWriter skips)
    {
        var count = default(TestCount);
        foreach (var assembly in XDocument.Load(file).Root!.Elements("assembly"))
        {
            count += new TestCount((int)assembly.Attribute("passed")!, (int)assembly.Attribute("failed")! + (int)assembly.Attribute("errors")!, (int)assembly.Attribute("skipped")!);
            foreach (var test in assembly.Descendants("test").Where(t => (string?)t.Attribute("result") == "Skip"))
            {
                skips.WriteLine($"skipped: {(string?)test.Attribute("name")}: {test.Element("reason")?.Value.Trim()}");
            }
        }

        return count;
    }

    /// <summary>Counts what Pester wrote (NUnit 2.5 XML).</summary>
    public static TestCount OfNUnit(string file)
    {
        var results = XDocument.Load(file).Root!;
        int Of(string name) => (int)results.Attribute(name)!;
        var (failed, skipped) = (Of("failures") + Of("errors"), Of("not-run") + Of("skipped"));
        return new TestCount(Of("total") - failed - skipped, failed, skipped);
    }
}
