using Forge.Build.TestRuns;

namespace Forge.Build.Tests.TestRuns;

public sealed class TestCountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-counts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_error_outside_a_test_counts_as_failed()
    {
        var file = Write("""<assemblies><assembly total="5" passed="3" failed="1" errors="2" skipped="1"><collection><test name="A.B" result="Skip"><reason>no KVM here</reason></test></collection></assembly></assemblies>""");
        using var skips = new StringWriter();

        Assert.Equal("3 passed, 3 failed, 1 skipped", TestCount.OfXunit(file, skips).ToString());
        Assert.Equal("skipped: A.B: no KVM here", skips.ToString().Trim());
    }

    [Fact]
    public void Pester_counts_what_it_did_not_run_as_skipped()
    {
        var file = Write("""<test-results total="10" errors="1" failures="2" not-run="1" skipped="2" />""");

        Assert.Equal(new TestCount(4, 3, 3), TestCount.OfNUnit(file));
    }

    private string Write(string xml)
    {
        var file = Path.Combine(_folder, "result.xml");
        File.WriteAllText(file, xml);
        return file;
    }
}
