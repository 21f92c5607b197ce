using System.Management.Automation;

namespace Forge.Host.Tests;

public class WildcardTests
{
    [Theory]
    [InlineData("web*", "web01", true)]
    [InlineData("WEB0?", "web01", true)]
    [InlineData("web[0-4]1", "web31", true)]
    [InlineData("web[0-4]1", "web51", false)]
    [InlineData("web`*", "web*", true)]
    [InlineData("web`*", "web01", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("[^]]", "x", false)]
    public void Patterns_match_as_in_PowerShell(string pattern, string text, bool matches)
        => Assert.Equal(matches, WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text));

    [Fact]
    public void What_was_escaped_matches_itself_alone()
    {
        const string Name = "a*b?c[d]`e";
        Assert.True(new WildcardPattern(WildcardPattern.Escape(Name)).IsMatch(Name));
        Assert.Equal(Name, WildcardPattern.Unescape(WildcardPattern.Escape(Name)));
        Assert.False(WildcardPattern.ContainsWildcardCharacters(WildcardPattern.Escape(Name)));
    }
}
