using System.Text;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Reading;
using Forge.Scap.Results;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

public sealed class HostileXmlTests
{
    private const string Xccdf = "xmlns=\"http://checklists.nist.gov/xccdf/1.2\"";

    public static TheoryData<string, string> Hostile => new()
    {
        { "dtd", "<!DOCTYPE Benchmark SYSTEM \"file:///etc/passwd\"><Benchmark " + Xccdf + " id=\"b\"/>" },
        { "laughs", "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><Benchmark " + Xccdf + " id=\"b\"><title>&c;</title></Benchmark>" },
        { "external", "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/shadow\">]><Benchmark " + Xccdf + " id=\"b\"><title>&x;</title></Benchmark>" },
        { "entity", "<Benchmark " + Xccdf + " id=\"b\"><title>&unknown;</title></Benchmark>" },
        { "root", "<html/>" },
        { "old", "<Benchmark xmlns=\"http://checklists.nist.gov/xccdf/1.1\" id=\"b\"/>" },
        { "empty", "" },
        { "text", "this is not XML" },
        { "two roots", "<Benchmark " + Xccdf + " id=\"b\"/><Benchmark " + Xccdf + " id=\"c\"/>" },
        { "nul", "<Benchmark " + Xccdf + " id=\"b\"><title>\0</title></Benchmark>" },
        { "depth", "<Benchmark " + Xccdf + " id=\"b\">" + string.Concat(Enumerable.Repeat("<Group id=\"g\">", 5000)) },
        { "attribute", "<Benchmark " + Xccdf + " id=\"" + new string('x', 2 << 20) + "\"/>" },
        { "no id", "<Benchmark " + Xccdf + "/>" },
        { "bad word", "<Benchmark " + Xccdf + " id=\"b\"><Rule id=\"r\" severity=\"dreadful\"/></Benchmark>" },
        { "twice", "<Benchmark " + Xccdf + " id=\"b\"><Rule id=\"r\"/><Rule id=\"r\"/></Benchmark>" },
        { "unresolved", "<Benchmark " + Xccdf + " id=\"b\"><Rule id=\"r\" extends=\"q\"/></Benchmark>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Every_reader_refuses_it_with_file_and_next_step(string what, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Action<Stream>[] readers =
        [
            s => DataStreamReader.Read(s, "hostile.xml"),
            s => SlimDataStreamCutter.Open(s, "hostile.xml"),
            s => TailoringReader.Read(s, "hostile.xml"),
            s => XccdfResultsReader.Read(s, "hostile.xml"),
        ];
        foreach (var read in readers)
        {
            var error = Assert.Throws<ScapFormatException>(() => read(new MemoryStream(bytes)));
            Assert.StartsWith("hostile.xml", error.Message, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(error.NextStep), what);
        }
    }

    [Fact]
    public void An_error_says_line_and_position()
    {
        var error = Assert.Throws<ScapFormatException>(() => Fixtures.ReadText("<Benchmark " + Xccdf + " id=\"b\">\n  <Rule id=\"r\" severity=\"dreadful\"/>\n</Benchmark>"));
        Assert.Equal((2, 4), (error.Line, error.Position));
        Assert.StartsWith("text.xml(2,4): ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_kept()
    {
        var options = new DataStreamReadOptions { Limits = new ScapLimits { MaxCharacters = 1000 } };
        Assert.Throws<ScapFormatException>(() => DataStreamReader.Read(Fixtures.MiniPath, options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScapLimits { MaxDepth = 0 });
    }
}
