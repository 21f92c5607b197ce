using Forge.Scap.Content;
using Forge.Scap.Profiles;

namespace Forge.Scap.Tests;

public sealed class ProfileTests
{
    [Theory]
    [InlineData("xccdf_org.forge_profile_strict")]
    [InlineData("strict")]
    [InlineData("Strict profile")]
    [InlineData("strict PROFILE")]
    public void A_profile_is_found_by_id_suffix_or_title(string name) =>
        Assert.Equal("xccdf_org.forge_profile_strict", Fixtures.MiniProfile(name).Id);

    [Fact]
    public void An_ambiguous_name_is_refused_with_the_candidates()
    {
        var error = Assert.Throws<ProfileException>(() => Fixtures.MiniProfile("Twin"));
        Assert.Contains("ambiguous", error.Message, StringComparison.Ordinal);
        Assert.Contains("xccdf_org.forge_profile_twin_strict", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest()
    {
        var error = Assert.Throws<ProfileException>(() => Fixtures.MiniProfile("strct"));
        Assert.StartsWith("Nearest names: strict", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Inheritance_conflicts_requirements_and_closed_groups_decide_what_is_checked()
    {
        var strict = Fixtures.MiniProfile("strict");
        string[] expected = ["root_user", "not_here", "negated", "complex", "by_hand", "elsewhere"];
        Assert.Equal(expected.Select(r => Fixtures.Rule + r), strict.Rules.Select(r => r.Rule.Id));
    }

    [Fact]
    public void Values_are_inherited_chosen_and_set()
    {
        var strict = Fixtures.MiniProfile("strict");
        Assert.Equal("root", strict.Values["xccdf_org.forge_value_user"].Text);
        Assert.Equal("nobody-of-this-name", strict.Values["xccdf_org.forge_value_name"].Text);
        Assert.Equal("daemon", ProfileResolver.Resolve(Fixtures.Mini(), null).Values["xccdf_org.forge_value_user"].Text);
    }

    [Fact]
    public void Rules_are_refined()
    {
        var refined = Fixtures.MiniProfile("strict").RulesById[Fixtures.Rule + "negated"];
        Assert.Equal((RuleSeverity.Low, 3.5), (refined.Severity, refined.Weight));
        Assert.Equal(RuleSeverity.Medium, refined.Rule.Severity);
    }

    [Fact]
    public void A_tailored_profile_may_bear_the_name_of_the_one_it_extends()
    {
        var tailoring = TailoringReader.Read(Path.Combine(AppContext.BaseDirectory, "Corpus", "tailoring.xml"));
        Assert.Equal("7", tailoring.Version);
        foreach (var name in new[] { null, "base", "Base, tailored" })
        {
            var profile = ProfileResolver.Resolve(Fixtures.Mini(), name, tailoring);
            Assert.Equal("xccdf_org.forge_profile_base", profile.Id);
            Assert.Equal("Base, tailored", profile.Title);
            Assert.Equal([Fixtures.Rule + "root_user"], profile.Rules.Select(r => r.Rule.Id));
            Assert.Equal("daemon", profile.Values["xccdf_org.forge_value_user"].Text);
        }

        Assert.Equal("xccdf_org.forge_profile_strict", ProfileResolver.Resolve(Fixtures.Mini(), "strict", tailoring).Id);
    }

    [Fact]
    public void A_profile_that_extends_nothing_known_is_refused()
    {
        var text = Fixtures.MiniText.Replace("extends=\"xccdf_org.forge_profile_base\"", "extends=\"gone\"", StringComparison.Ordinal);
        Assert.Throws<ProfileException>(() => ProfileResolver.Resolve(Fixtures.ReadText(text), "strict"));
        var loop = Fixtures.MiniText.Replace("extends=\"xccdf_org.forge_profile_base\"", "extends=\"xccdf_org.forge_profile_strict\"", StringComparison.Ordinal);
        Assert.Throws<ProfileException>(() => ProfileResolver.Resolve(Fixtures.ReadText(loop), "strict"));
    }

    [Fact]
    public void The_scanner_checks_the_same_rules_in_the_same_order()
    {
        var (_, output, _) = Oscap.Run("xccdf", "eval", "--profile", "xccdf_org.forge_profile_strict", Fixtures.MiniPath);
        Assert.Equal(Oscap.PrintedRules(output), Fixtures.MiniProfile("strict").Rules.Select(r => r.Rule.Id));
    }
}
