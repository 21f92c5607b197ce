using Forge.Core.Evaluation;

namespace Forge.Scap.Tests.Engine;

/// <summary>A verdict that the scanner could not give within a whole scan.</summary>
public sealed class ErrorVerdictTests : EngineOnThisMachine
{
    [Theory]
    [InlineData(1, VerdictKind.Pass)]
    [InlineData(2, VerdictKind.Error)]
    public async Task What_a_whole_scan_could_not_evaluate_is_checked_once_more_by_itself(int times, VerdictKind expected)
    {
        var count = Folder.File("count");
        var scanner = Script($"""
            oscap "$@"
            code=$?
            if [ -s results.xml ] && [ "$(cat '{count}' 2>/dev/null | wc -l)" -lt {times} ]; then
              echo once >>'{count}'
              sed -i '/rule-result[^>]*_rule_root_user"/,/<\/rule-result>/s|<result>pass|<result>error|' results.xml
            fi
            exit "$code"
            """);
        var session = Session(scanner: scanner);
        Assert.Null(await Engine.Scanner.FindMissingAsync(session, Target, Token));

        var report = await Engine.Scanner.ScanAsync(session, Target, Token);

        Assert.Equal(expected, report.Verdicts["root_user"].Kind);
        Assert.Equal(["negated"], report.Findings.Select(f => f.Id));
        Assert.Equal("root_user: error in the whole scan, checked again by itself", report.Provenance["repeated"]);
        Assert.Equal(times, File.ReadAllLines(count).Length);
    }
}
