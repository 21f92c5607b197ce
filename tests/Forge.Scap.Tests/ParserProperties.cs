using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Forge.Scap.Content;
using Check = FsCheck.Check;
using Forge.Scap.Profiles;
using Forge.Scap.Reading;
using Forge.Scap.Remediation;
using Forge.Scap.Results;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

public sealed class ParserProperties
{
    private const string Xccdf = "xmlns=\"http://checklists.nist.gov/xccdf/1.2\"";

    [Fact]
    public void A_stream_cut_at_any_byte_is_never_read_in_silence()
    {
        var bytes = Fixtures.MiniBytes;
        var last = Encoding.UTF8.GetString(bytes).TrimEnd().Length;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Gen.Choose(0, last - 1).ToArbitrary(), length =>
        {
            Assert.Throws<ScapFormatException>(() => DataStreamReader.Read(new MemoryStream(bytes, 0, length), "cut.xml"));
            Assert.Throws<ScapFormatException>(() => SlimDataStreamCutter.Open(new MemoryStream(bytes, 0, length), "cut.xml"));
        }));
    }

    [Fact]
    public void A_result_cut_at_any_byte_is_never_read_in_silence()
    {
        var bytes = Encoding.UTF8.GetBytes(ResultsTests.Result);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<ScapFormatException>(() => XccdfResultsReader.Read(new MemoryStream(bytes, 0, length), "cut.xml"));
        }
    }

    [Fact]
    public void A_changed_byte_gives_a_benchmark_or_a_format_error_and_nothing_else()
    {
        var gen = from at in Gen.Choose(0, Fixtures.MiniBytes.Length - 1) from value in Gen.Choose(0, 255) select (at, value);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(gen.ToArbitrary(), change =>
        {
            var bytes = (byte[])Fixtures.MiniBytes.Clone();
            bytes[change.at] = (byte)change.value;
            try
            {
                Assert.NotEmpty(DataStreamReader.Read(new MemoryStream(bytes), "changed.xml").Id);
            }
            catch (ScapFormatException error)
            {
                Assert.StartsWith("changed.xml", error.Message, StringComparison.Ordinal);
            }
        }));
    }

    [Fact]
    public void Any_value_comes_through_a_fix_unchanged()
    {
        var gen = Gen.Elements("a", "\n", " ", "  ", "<", ">", "&", "'", "\"", "$(x)", "`", "\\", "ä", "😀", "]]>", "{0}", "\t").ListOf().Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(gen.ToArbitrary(), text =>
        {
            var value = new System.Xml.Linq.XText(text).ToString();
            var benchmark = Fixtures.ReadText(
                $"<Benchmark {Xccdf} id=\"b\"><Value id=\"v\"><value>{value}</value></Value><Rule id=\"r\"><fix system=\"urn:xccdf:fix:script:sh\">[{value}<sub idref=\"v\"/>]</fix></Rule></Benchmark>");
            var fix = FixRenderer.Render(ProfileResolver.Resolve(benchmark, null), benchmark.Rules[0])!;
            Assert.Equal("[" + text + text + "]", fix.Script);
        }));
    }

    [Fact]
    public void The_nearest_profile_name_is_as_near_as_it_can_be()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>, NonNull<string>>((left, right) =>
        {
            var distance = ProfileNames.Distance(left.Get, right.Get);
            Assert.Equal(distance, ProfileNames.Distance(right.Get, left.Get));
            Assert.InRange(distance, 0, Math.Max(left.Get.Length, right.Get.Length));
            Assert.Equal(0, ProfileNames.Distance(left.Get, left.Get));
        }));
    }
}
