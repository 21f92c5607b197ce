using System.Text.RegularExpressions;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Remediation;

namespace Forge.Scap.Tests;

public sealed partial class FixTests
{
    [Fact]
    public void Values_titles_and_plain_texts_are_filled_in()
    {
        var strict = Fixtures.MiniProfile("strict");
        var fix = FixRenderer.Render(strict, strict.Benchmark.RulesById[Fixtures.Rule + "root_user"])!;
        Assert.Equal("\nuser='root' # User name, the owner\nif [ \"$user\" != x ] && true; then\n  echo \"$user\" >&2\nfi\n", fix.Script);
    }

    [Fact]
    public void A_fix_that_needs_no_reboot_is_preferred()
    {
        var strict = Fixtures.MiniProfile("strict");
        Assert.Equal("gentle", FixRenderer.Render(strict, strict.Benchmark.RulesById[Fixtures.Rule + "negated"])!.Script);
    }

    [Fact]
    public void A_fix_that_cannot_be_filled_in_says_why_and_is_no_script()
    {
        var strict = Fixtures.MiniProfile("strict");
        var fix = FixRenderer.Render(strict, strict.Benchmark.RulesById[Fixtures.Rule + "by_hand"])!;
        Assert.Null(fix.Script);
        Assert.Contains("instance", fix.Trouble, StringComparison.Ordinal);
        var foreign = Fixtures.ReadText(Fixtures.MiniText.Replace("echo <x:instance/>", "echo <html:b>bold</html:b>", StringComparison.Ordinal));
        fix = FixRenderer.Render(ProfileResolver.Resolve(foreign, "strict"), foreign.RulesById[Fixtures.Rule + "by_hand"])!;
        Assert.Null(fix.Script);
        Assert.Contains("element b", fix.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scanner_writes_the_same_scripts_for_the_small_stream() => Compare(Fixtures.MiniPath, "strict", 2);

    [Theory]
    [InlineData("debian12", "cis_level2_server", 400)]
    [InlineData("rhel9", "stig", 300)]
    public void The_scanner_writes_the_same_scripts_for_every_rule(string product, string profile, int atLeast) =>
        Compare(Fixtures.Content(product), profile, atLeast);

    private static void Compare(string path, string name, int atLeast)
    {
        var profile = ProfileResolver.Resolve(DataStreamReader.Read(path), name);
        var (_, output, _) = Oscap.Run("xccdf", "generate", "fix", "--skip-validation", "--profile", profile.Id, "--fix-type", "bash", path);
        var theirs = new Dictionary<string, string>();
        foreach (Match match in Body().Matches(output))
        {
            theirs.Add(match.Groups["rule"].Value, match.Groups["script"].Value);
        }

        var compared = 0;
        foreach (var rule in profile.Rules)
        {
            var ours = FixRenderer.Render(profile, rule.Rule)?.Script;
            var expected = ours ?? $"(>&2 echo \"FIX FOR THIS RULE '{rule.Rule.Id}' IS MISSING!\")\n";
            Assert.Equal(expected, theirs[rule.Rule.Id]);
            compared += ours is null ? 0 : 1;
        }

        Assert.True(compared >= atLeast, $"only {compared} scripts were compared");
        TestContext.Current.SendDiagnosticMessage($"{profile.Id}: {compared} scripts equal of {profile.Rules.Count} rules");
    }

    [GeneratedRegex(@"^\(>&2 echo ""Remediating rule \d+/\d+: '(?<rule>[^']+)'""\)\n(?<script>.*?)\n?# END fix for '\k<rule>'$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Body();
}
