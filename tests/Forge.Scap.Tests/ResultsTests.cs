using System.Text;
using Forge.Scap.Reading;
using Forge.Scap.Results;

namespace Forge.Scap.Tests;

public sealed class ResultsTests
{
    public const string Result = """
        <?xml version="1.0" encoding="UTF-8"?>
        <TestResult xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_t_testresult_1" start-time="2026-01-02T03:04:05+00:00" end-time="2026-01-02T03:05:05+00:00" test-system="cpe:/a:redhat:openscap:1.3.7">
          <benchmark href="x.xml" id="xccdf_b_benchmark_b"/>
          <title>pass fail error</title>
          <profile idref="xccdf_b_profile_p"/>
          <rule-result idref="rule_a" time="2026-01-02T03:04:06+00:00"><result>pass</result><message severity="info">fail</message></rule-result>
          <rule-result idref="rule_ab"><result> fail </result></rule-result>
          <rule-result idref="rule_b"><result>notapplicable</result></rule-result>
          <rule-result idref="rule_c"><result>pass</result></rule-result>
          <rule-result idref="rule_c"><result>fail</result></rule-result>
        </TestResult>
        """;

    [Fact]
    public void Results_are_exact_by_rule_id()
    {
        var results = Read(Result);
        Assert.Equal(RuleOutcome.Pass, results.ByRule["rule_a"].Outcome);
        Assert.Equal(["fail"], results.ByRule["rule_a"].Messages);
        Assert.Equal(RuleOutcome.Fail, results.ByRule["rule_ab"].Outcome);
        Assert.Equal(RuleOutcome.NotApplicable, results.ByRule["rule_b"].Outcome);
        Assert.False(results.ByRule.ContainsKey("rule"));
        Assert.Equal(["rule_a", "rule_ab", "rule_b", "rule_c"], results.Rules.Select(r => r.RuleId));
        Assert.Equal(2, results.Count(RuleOutcome.Fail));
        Assert.Equal("xccdf_b_profile_p", results.ProfileId);
        Assert.Equal(TimeSpan.FromMinutes(1), results.End - results.Start);
    }

    [Fact]
    public void A_rule_with_several_results_holds_only_if_all_hold() => Assert.Equal(RuleOutcome.Fail, Read(Result).ByRule["rule_c"].Outcome);

    [Theory]
    [InlineData("<result>pass</result>", "<result>passed</result>")]
    [InlineData("<result>pass</result>", "<result/>")]
    [InlineData("<result>pass</result>", "")]
    [InlineData(" end-time=\"2026-01-02T03:05:05+00:00\"", "")]
    [InlineData("03:05:05+00:00", "25:05:05")]
    public void A_result_that_is_not_whole_is_an_error(string old, string replacement) =>
        Assert.Throws<ScapFormatException>(() => Read(Result.Replace(old, replacement, StringComparison.Ordinal)));

    [Fact]
    public void No_rule_results_is_an_error_and_not_an_empty_result()
    {
        var none = System.Text.RegularExpressions.Regex.Replace(Result, "<rule-result.*</rule-result>", "");
        Assert.Throws<ScapFormatException>(() => Read(none));
        Assert.Throws<ScapFormatException>(() => Read("<Benchmark xmlns=\"http://checklists.nist.gov/xccdf/1.2\" id=\"b\"/>"));
    }

    [Theory]
    [InlineData("--results")]
    [InlineData("--results-arf")]
    public void Files_that_the_scanner_writes_are_read(string option)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("out.xml");
        var (exitCode, output, _) = Oscap.Run("xccdf", "eval", "--profile", "xccdf_org.forge_profile_strict", option, file, Fixtures.MiniPath);
        Assert.Equal(2, exitCode);
        var results = XccdfResultsReader.Read(file);
        Assert.Equal(Oscap.PrintedRules(output), results.Rules.Where(r => r.Outcome != RuleOutcome.NotSelected).Select(r => r.RuleId));
        Assert.Equal(RuleOutcome.Pass, results.ByRule[Fixtures.Rule + "root_user"].Outcome);
        Assert.Equal(RuleOutcome.NotApplicable, results.ByRule[Fixtures.Rule + "not_here"].Outcome);
        Assert.Equal(RuleOutcome.NotChecked, results.ByRule[Fixtures.Rule + "by_hand"].Outcome);
    }

    private static XccdfResults Read(string text) => XccdfResultsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "result.xml");
}
