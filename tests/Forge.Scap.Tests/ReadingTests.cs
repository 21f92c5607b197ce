using Forge.Scap.Content;

namespace Forge.Scap.Tests;

public sealed class ReadingTests
{
    [Fact]
    public void The_benchmark_is_found_through_the_data_stream()
    {
        var mini = Fixtures.Mini();
        Assert.Equal("xccdf_org.forge_benchmark_mini", mini.Id);
        Assert.Equal("Mini benchmark", mini.Title);
        Assert.Equal("1.2.3", mini.Version);
        Assert.Equal(["cpe:/o:forge:anything"], mini.Platforms);
        Assert.Equal("scap_org.forge_comp_xccdf", mini.Source.ComponentId);
        Assert.Equal("scap_org.forge_datastream_mini", mini.Source.DataStreamId);
        Assert.Equal("2026-01-02T03:04:05", mini.Source.Timestamp);
        Assert.Equal(10, mini.Rules.Count);
        Assert.Equal(4, mini.Profiles.Count);
        Assert.Equal("the owner", mini.PlainTexts["xccdf_org.forge_text_owner"]);
    }

    [Fact]
    public void A_rule_is_read_with_all_that_people_and_fixers_need()
    {
        var rule = Fixtures.Mini().RulesById[Fixtures.Rule + "root_user"];
        Assert.Equal("There is a user", rule.Title);
        Assert.Equal(RuleSeverity.High, rule.Severity);
        Assert.Equal(10.0, rule.Weight);
        Assert.False(rule.Selected);
        Assert.Equal("xccdf_org.forge_group_accounts", rule.Group!.Id);
        Assert.Equal([["#present"]], rule.PlatformChain());
        Assert.Contains(new RuleReference("https://public.cyber.invalid/stigs", "RHEL-09-000001"), rule.References);
        Assert.Equal([new RuleIdent("https://ncp.nist.gov/cce", "CCE-00001-1")], rule.Idents);
        Assert.Equal("Add the user.", Assert.Single(rule.FixTexts).Plain);
        Assert.Equal(2, rule.Fixes.Count);
        Assert.Equal(("low", "low", false, "configure"), (rule.Fixes[1].Complexity, rule.Fixes[1].Disruption, rule.Fixes[1].Reboot, rule.Fixes[1].Strategy));
        Assert.Equal([new CheckExport("xccdf_org.forge_value_user", "oval:forge-user:var:1")], rule.Checks[0].Exports);
        Assert.Equal([new CheckContent("oval.xml", "oval:forge-user_exists:def:1")], rule.Checks[0].Contents);
    }

    [Fact]
    public void Markup_of_descriptions_becomes_lines_of_text()
    {
        var description = Fixtures.Mini().RulesById[Fixtures.Rule + "root_user"].Description;
        Assert.Equal(
            "A user named {xccdf_org.forge_value_user} is in passwd.\nSee:\n$ getent passwd\n  root\nand\n- one\n- two & three",
            description.Plain);
    }

    [Fact]
    public void A_complex_check_keeps_its_shape()
    {
        var complex = Fixtures.Mini().RulesById[Fixtures.Rule + "complex"].ComplexCheck!;
        Assert.True(complex.All);
        Assert.Single(complex.Checks);
        var nested = Assert.Single(complex.Nested);
        Assert.False(nested.All);
        Assert.True(nested.Negate);
    }

    [Fact]
    public void A_plain_benchmark_file_reads_like_the_one_in_a_data_stream()
    {
        var text = Fixtures.MiniText;
        var start = text.IndexOf("<x:Benchmark", StringComparison.Ordinal);
        var end = text.IndexOf("</x:Benchmark>", StringComparison.Ordinal) + "</x:Benchmark>".Length;
        var names = string.Concat(System.Text.RegularExpressions.Regex.Matches(text[..text.IndexOf('>', text.IndexOf("<ds:", StringComparison.Ordinal))], "xmlns:[^ ]+ ?").Select(m => m.Value));
        var plain = Fixtures.ReadText(text[start..end].Replace("<x:Benchmark", "<x:Benchmark " + names, StringComparison.Ordinal));
        Assert.Null(plain.Source.DataStreamId);
        Assert.Equal(Fixtures.Mini().Rules.Select(r => r.Id), plain.Rules.Select(r => r.Id));
    }

    [Fact]
    public void Only_fixes_of_the_wanted_systems_are_kept_when_asked()
    {
        var options = new DataStreamReadOptions { FixSystems = new HashSet<string> { "urn:xccdf:fix:script:sh" } };
        var rule = DataStreamReader.Read(Fixtures.MiniPath, options).RulesById[Fixtures.Rule + "root_user"];
        Assert.Equal("urn:xccdf:fix:script:sh", Assert.Single(rule.Fixes).System);
    }

    [Fact]
    public void An_unknown_data_stream_is_named_in_the_error()
    {
        var error = Assert.Throws<Forge.Scap.Reading.ScapFormatException>(
            () => DataStreamReader.Read(Fixtures.MiniPath, new DataStreamReadOptions { DataStreamId = "scap_other" }));
        Assert.Contains("scap_other", error.Message, StringComparison.Ordinal);
    }
}
