using System.IO.Compression;
using System.Text;
using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Fixes;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Engine;
using Forge.Scap.Results;

namespace Forge.Scap.Tests.Engine;

/// <summary>The engine against this machine with the small data stream; the real scanner evaluates, nothing is changed.</summary>
public sealed class EngineTests : EngineOnThisMachine
{
    [Fact]
    public async Task A_scan_gives_every_verdict_and_the_findings_in_order()
    {
        var session = Session();
        Assert.Null(await Engine.Scanner.FindMissingAsync(session, Target, Token));
        var report = await Engine.Scanner.ScanAsync(session, Target, Token);
        Assert.Equal(["root_user", "not_here", "negated", "complex", "by_hand", "elsewhere"], report.Verdicts.Keys);
        Assert.Equal(VerdictKind.NotApplicable, report.Verdicts["not_here"].Kind);
        Assert.Equal(VerdictKind.NotChecked, report.Verdicts["by_hand"].Kind);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("negated", Severity.Low, true), (finding.Id, finding.Severity, finding.HasFix));
        Assert.Equal(Fixtures.Rule + "negated", finding.FullId);
        Assert.Contains(new Resource(ResourceKind.File, "/etc/passwd"), report.Touches["root_user"]);
        Assert.StartsWith("OpenSCAP", report.Provenance["scanner"], StringComparison.Ordinal);
        Assert.Equal("1.2.3", report.Provenance["benchmarkVersion"]);
        var raw = new GZipStream(new MemoryStream(await session.Blobs.GetAsync(report.RawResult!, Token)), CompressionMode.Decompress);
        Assert.Equal(RuleOutcome.Fail, XccdfResultsReader.Read(raw, "raw").ByRule[Fixtures.Rule + "negated"].Outcome);
    }

    [Fact]
    public async Task Searches_through_file_systems_run_beside_the_rest_with_the_same_verdicts()
    {
        var walking = Folder.File("walking-ds.xml");
        var text = await File.ReadAllTextAsync(Fixtures.MiniPath, Token);
        const string Plain = "<ind:filepath>/etc/passwd</ind:filepath>\n          <ind:pattern operation=\"pattern match\">";
        var at = text.IndexOf(Plain, StringComparison.Ordinal);
        Assert.True(at > 0);
        text = text[..at]
            + """<ind:behaviors max_depth="-1" recurse_direction="down"/><ind:path var_ref="oval:forge-etc:var:1"/><ind:filename>passwd</ind:filename><ind:pattern operation="pattern match">"""
            + text[(at + Plain.Length)..].Replace(
                "<oval-def:constant_variable",
                """<oval-def:constant_variable id="oval:forge-etc:var:1" version="1" datatype="string" comment="etc"><oval-def:value>/etc</oval-def:value></oval-def:constant_variable><oval-def:constant_variable""",
                StringComparison.Ordinal);
        await File.WriteAllTextAsync(walking, text, Token);
        var (alone, beside) = (Session(content: walking), Session(content: walking, run: "beside", processors: 2));
        await Engine.Scanner.FindMissingAsync(alone, Target, Token);
        var expected = await Engine.Scanner.ScanAsync(alone, Target, Token);
        var before = Target.Requests.Count;
        Assert.DoesNotContain(Target.Requests, r => r.Script.Contains("--skip-rule '", StringComparison.Ordinal));

        await Engine.Scanner.FindMissingAsync(beside, Target, Token);
        var report = await Engine.Scanner.ScanAsync(beside, Target, Token);
        Assert.Equal(expected.Verdicts, report.Verdicts);
        Assert.Equal(VerdictKind.Pass, report.Verdicts["complex"].Kind);
        var calls = Target.Requests.Skip(before).Where(r => r.Script.Contains(" xccdf eval --", StringComparison.Ordinal) && r.Elevation == Elevation.Sudo).ToList();
        Assert.Equal(3, calls.Count);
        Assert.Single(calls, c => c.Script.Contains($"--skip-rule '{Fixtures.Rule}not_here'", StringComparison.Ordinal) && c.Script.Contains($"--skip-rule '{Fixtures.Rule}complex'", StringComparison.Ordinal));

        var check = await Engine.Evaluator.EvaluateAsync(beside, ["complex", "not_here", "by_hand"], Target, Token);
        Assert.Equal(check.Verdicts.ToDictionary(v => v.Key, v => expected.Verdicts[v.Key]), check.Verdicts);
        Assert.Equal("slim", check.Method);
    }

    [Fact]
    public async Task A_check_of_one_rule_is_one_round_trip_and_leaves_nothing()
    {
        var session = Session();
        var report = await Engine.Evaluator.EvaluateAsync(session, ["complex"], Target, Token);
        Assert.Equal("slim", report.Method);
        Assert.Equal(VerdictKind.Pass, report.Verdicts["complex"].Kind);
        Assert.Single(Target.Requests);
        Assert.Equal(0, Target.Uploads);
        Assert.False(Directory.Exists(session.RemoteFolder));
    }

    [Fact]
    public async Task Checks_agree_with_the_scan_and_say_when_they_needed_the_full_stream()
    {
        var session = Session();
        var scan = await Engine.Scanner.ScanAsync(session, Target, Token);
        var report = await Engine.Evaluator.EvaluateAsync(session, [.. scan.Verdicts.Keys], Target, Token);
        Assert.StartsWith("slim, 2 full: variable 'oval:forge-user:var:1'", report.Method, StringComparison.Ordinal);
        Assert.Equal(scan.Verdicts, report.Verdicts);
    }

    [Fact]
    public async Task An_unknown_item_is_refused()
    {
        var error = await Assert.ThrowsAsync<ForgeException>(() => Engine.Evaluator.EvaluateAsync(Session(), ["nothing"], Target, Token));
        Assert.Equal("ItemUnknown", error.Id);
    }

    [Fact]
    public async Task The_fix_of_the_content_is_proposed_with_its_values()
    {
        var session = Session();
        await Engine.Scanner.ScanAsync(session, Target, Token);
        var source = Assert.Single(Engine.FixSources);
        var action = Assert.IsType<ScriptAction>(await source.ProposeAsync(Request(session, "root_user"), Token));
        Assert.Equal(("content", "There is a user"), (action.Arm, action.Summary));
        Assert.Contains("user='root'", action.Script, StringComparison.Ordinal);
        Assert.Null(await source.ProposeAsync(Request(session, "complex"), Token));
        Assert.Null(await source.ProposeAsync(Request(session, "by_hand"), Token));
    }

    [Fact]
    public async Task A_session_made_anew_in_the_same_run_knows_the_content()
    {
        await Engine.Evaluator.EvaluateAsync(Session(), ["complex"], Target, Token);
        Assert.NotNull(await Engine.FixSources[0].ProposeAsync(Request(Session(), "root_user"), Token));
        var other = Session(run: "other");
        var error = await Assert.ThrowsAsync<ForgeException>(() => Engine.FixSources[0].ProposeAsync(Request(other, "root_user"), Token));
        Assert.Equal("ContentNotFound", error.Id);
    }

    [Fact]
    public async Task Content_on_theTarget_is_used_where_it_lies()
    {
        File.Copy(Fixtures.MiniPath, Folder.File("content/ssg-testos7-ds.xml"));
        var session = Session(content: null);
        var report = await Engine.Scanner.ScanAsync(session, Target, Token);
        Assert.Equal("here:" + Folder.File("content/ssg-testos7-ds.xml"), report.Provenance["content"]);
        Assert.Equal(0, Target.Uploads);
    }

    [Theory]
    [InlineData("1.2.3", "1.2.10", true)]
    [InlineData("1.2.10", "1.2.3", false)]
    [InlineData("1.2.3", "1.2.3", true)]
    public async Task The_newest_content_wins_and_is_uploaded_once_if_theTarget_lacks_it(string here, string there, bool targetWins)
    {
        Directory.CreateDirectory(Folder.File("there"));
        var target = new ShellTarget { Moved = (Folder.File("content"), Folder.File("there")) };
        File.WriteAllText(Folder.File("content/ssg-testos7-ds.xml"), Fixtures.MiniText.Replace("1.2.3</x:version>", here + "</x:version>", StringComparison.Ordinal));
        File.WriteAllText(Folder.File("there/ssg-testos7-ds.xml"), Fixtures.MiniText.Replace("1.2.3</x:version>", there + "</x:version>", StringComparison.Ordinal));
        var session = Session(content: null);
        var report = await Engine.Scanner.ScanAsync(session, target, Token);
        Assert.Equal(targetWins ? there : here, report.Provenance["benchmarkVersion"]);
        Assert.Equal(targetWins, report.Provenance["content"].StartsWith("here:", StringComparison.Ordinal));
        await Engine.Scanner.ScanAsync(session, target, Token);
        Assert.Equal(targetWins ? 0 : 1, target.Uploads);
    }

    [Fact]
    public async Task AFolder_that_is_a_link_to_elsewhere_is_not_written_to()
    {
        var session = Session();
        Directory.CreateDirectory(Folder.File("elsewhere"));
        Directory.CreateSymbolicLink(session.RemoteFolder, Folder.File("elsewhere"));
        await Assert.ThrowsAsync<ForgeException>(() => Engine.Scanner.ScanAsync(session, Target, Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.File("elsewhere")));
    }

    [Fact]
    public async Task No_content_anywhere_says_what_was_looked_for_and_what_to_do()
    {
        var error = await Assert.ThrowsAsync<ForgeException>(() => Engine.Scanner.ScanAsync(Session(content: null), Target, Token));
        Assert.Equal("ContentNotFound", error.Id);
        Assert.Contains("ssg-testos7-ds.xml", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.NextStep);
    }

    [Fact]
    public async Task A_tailoring_travels_with_the_scan_and_counts_in_checks()
    {
        var tailoring = Path.Combine(AppContext.BaseDirectory, "Corpus", "tailoring.xml");
        var session = Session(profile: "base", tailoring: tailoring);
        var report = await Engine.Scanner.ScanAsync(session, Target, Token);
        Assert.Equal(["root_user"], report.Verdicts.Keys);
        Assert.Equal(VerdictKind.Pass, report.Verdicts["root_user"].Kind);
        Assert.Equal(tailoring, report.Provenance["tailoring"]);
        var check = await Engine.Evaluator.EvaluateAsync(session, ["root_user"], Target, Token);
        Assert.Equal(("slim", VerdictKind.Pass), (check.Method, check.Verdicts["root_user"].Kind));
    }

    [Fact]
    public async Task A_missing_scanner_is_named()
    {
        var missing = await Engine.Scanner.FindMissingAsync(Session(scanner: "no-such-scanner"), Target, Token);
        Assert.Equal("no-such-scanner is not installed", missing);
    }

    [Fact]
    public async Task A_scanner_that_dies_with_a_slim_stream_is_asked_with_the_full_one()
    {
        var session = Session(scanner: Script("case \"$*\" in *stream.xml*) kill -SEGV $$ ;; esac\nexec oscap \"$@\"\n"));
        var report = await Engine.Evaluator.EvaluateAsync(session, ["complex"], Target, Token);
        Assert.StartsWith("full: the scanner gave no result with the slim stream", report.Method, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, report.Verdicts["complex"].Kind);
    }

    [Theory]
    [InlineData("exit 1\n", "ended with 1")]
    [InlineData("echo 'E: something broke' >&2; exit 1\n", "something broke")]
    [InlineData("exit 0\n", "wrote no result")]
    [InlineData("while [ $# -gt 0 ]; do [ \"$1\" = --results ] && echo '<Benchmark' > \"$2\"; shift; done; exit 2\n", "did not arrive whole")]
    public async Task A_scan_without_a_complete_result_is_an_error(string script, string says)
    {
        var error = await Assert.ThrowsAsync<ScannerException>(() => Engine.Scanner.ScanAsync(Session(scanner: Script(script)), Target, Token));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scanner_that_ends_well_without_a_result_is_asked_again()
    {
        var counter = Folder.File("counter");
        var session = Session(scanner: Script($"echo x >> '{counter}'\n[ $(wc -l < '{counter}') -lt 3 ] && exit 0\nexec oscap \"$@\"\n"));
        var report = await Engine.Evaluator.EvaluateAsync(session, ["complex"], Target, Token);
        Assert.StartsWith("slim (asked again: ", report.Method, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, report.Verdicts["complex"].Kind);
        Assert.True(File.ReadAllLines(counter).Length >= 3);
    }

    private static FixRequest Request(SkillSession session, string item) =>
        new(session, new Finding { Id = item, Target = "here", Skill = "any", Title = item }, 1, []);
}
