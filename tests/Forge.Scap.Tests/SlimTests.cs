using System.Text;
using System.Xml.Linq;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

public sealed class SlimTests
{
    private static readonly SlimDataStreamCutter Cutter = SlimDataStreamCutter.Open(Fixtures.MiniPath);

    [Fact]
    public void Only_what_the_rule_needs_is_kept()
    {
        var text = Cut("shell", out var cut);
        Assert.Equal([Fixtures.Rule + "shell"], cut.RuleIds);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), cut.Length);
        foreach (var kept in new[] { "oval:forge-shell_exists:def:1", "oval:forge-shells:obj:1", "oval:forge-nologin:ste:1", "oval:forge-root_exists:def:1", "\"present\"" })
        {
            Assert.Contains(kept, text, StringComparison.Ordinal);
        }

        foreach (var gone in new[] { "user_exists", "forge-lines", "forge_value", "ocil", "\"absent\"", "description>Small", "<x:fix" })
        {
            Assert.DoesNotContain(gone, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Values_and_nested_variables_are_kept()
    {
        var text = Cut("root_user", out var cut, "base");
        Assert.Equal(1, cut.Values);
        Assert.Contains("oval:forge-user_pattern:var:1", text, StringComparison.Ordinal);
        Assert.Contains("refine-value idref=\"xccdf_org.forge_value_user\" selector=\"root\"", text, StringComparison.Ordinal);
        var slim = Fixtures.ReadText(text);
        var profile = ProfileResolver.Resolve(slim, "base");
        Assert.Equal("root", profile.Values["xccdf_org.forge_value_user"].Text);
        Assert.Equal([Fixtures.Rule + "root_user"], profile.Rules.Select(r => r.Rule.Id));
    }

    [Fact]
    public void The_same_cut_has_the_same_bytes()
    {
        Cut("complex", out var first);
        Cut("complex", out var second);
        var other = SlimDataStreamCutter.Open(Fixtures.MiniPath).Cut([Fixtures.Rule + "complex"], Fixtures.MiniProfile("strict"), Stream.Null);
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(first.Sha256, other.Sha256);
    }

    [Theory]
    [InlineData("in_closed_group", "not exported")]
    [InlineData("negated", "another rule")]
    [InlineData("no_such_rule", "is not in benchmark")]
    public void What_cannot_be_cut_safely_is_left_with_a_reason(string rule, string reason)
    {
        using var output = new MemoryStream();
        var cut = Cutter.Cut([Fixtures.Rule + rule], Fixtures.MiniProfile("strict"), output);
        Assert.False(cut.IsCut);
        Assert.Contains(reason, cut.Reason, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void A_broken_reference_within_OVAL_is_not_cut()
    {
        var broken = Fixtures.MiniText.Replace("<ind:state state_ref=\"oval:forge-shell:ste:1\"/>", "<ind:state state_ref=\"oval:forge-gone:ste:1\"/>", StringComparison.Ordinal);
        var cutter = SlimDataStreamCutter.Open(new MemoryStream(Encoding.UTF8.GetBytes(broken)), "broken.xml");
        var cut = cutter.Cut([Fixtures.Rule + "shell"], Fixtures.MiniProfile("strict"), Stream.Null);
        Assert.Contains("oval:forge-gone:ste:1", cut.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slim_stream_is_valid_and_gives_the_verdicts_of_the_full_one()
    {
        foreach (var name in new[] { "base", "strict" })
        {
            // Two rules of the strict profile give different values to one variable; they are not cut.
            var profile = Fixtures.MiniProfile(name);
            var rules = profile.Rules.Select(r => r.Rule.Id).Where(id => Cutter.Cut([id], profile, Stream.Null).IsCut).ToList();
            Assert.Equal(name == "base" ? 2 : 4, rules.Count);
            SlimComparison.Run(Cutter, profile, Fixtures.MiniPath, rules, validate: true);
        }
    }

    [Theory]
    [InlineData("debian12", "cis_level2_server")]
    [InlineData("debian13", "cis_level2_server")]
    [InlineData("rhel9", "stig")]
    public void Every_rule_of_a_large_stream_can_be_cut_and_is_small(string product, string name)
    {
        var path = Fixtures.Content(product);
        var profile = ProfileResolver.Resolve(DataStreamReader.Read(path), name);
        var cutter = SlimDataStreamCutter.Open(path);
        var reasons = new List<string>();
        var sizes = new List<long>();
        foreach (var rule in profile.Rules)
        {
            using var output = new MemoryStream();
            var cut = cutter.Cut([rule.Rule.Id], profile, output);
            if (cut.Reason is not null)
            {
                reasons.Add(rule.Rule.Id + ": " + cut.Reason);
                continue;
            }

            sizes.Add(cut.Length);
            output.Position = 0;
            Assert.Equal([rule.Rule.Id], DataStreamReader.Read(output, "slim.xml").Rules.Select(r => r.Id));
        }

        sizes.Sort();
        Assert.Empty(reasons);
        Assert.True(sizes[sizes.Count / 2] < 100_000, $"median {sizes[sizes.Count / 2]} bytes");
        TestContext.Current.SendDiagnosticMessage($"{product} {name}: {sizes.Count} slim streams, median {sizes[sizes.Count / 2]}, largest {sizes[^1]} bytes");
    }

    private static string Cut(string rule, out SlimCut cut, string profile = "strict")
    {
        using var output = new MemoryStream();
        cut = Cutter.Cut([Fixtures.Rule + rule], Fixtures.MiniProfile(profile), output);
        Assert.Null(cut.Reason);
        Assert.NotNull(XDocument.Load(new MemoryStream(output.ToArray())).Root);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
