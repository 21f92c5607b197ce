using Forge.Core.Extraction;

namespace Forge.Core.Tests.Extraction;

public sealed class RequiredLiteralTests
{
    [Theory]
    [InlineData("package is installed", "installed")]
    [InlineData("sysctl -w (?:a|b)", "sysctl")]
    [InlineData("a(?:abc)?bcd", "bcd")]
    [InlineData("colou?r", "colo")]
    [InlineData("ab*cd", "cd")]
    [InlineData("ab+cd", "ab")]
    [InlineData("ab{0,2}cde", "cde")]
    [InlineData(@"/etc/ssh/sshd_config\.d/x", "/etc/ssh/sshd_config.d/x")]
    [InlineData(@"abc\.?de", "abc")]
    [InlineData(@"\d\sabc", "abc")]
    [InlineData(@"[abc\]d]x[^]y", "x")]
    [InlineData("abc|def", "")]
    [InlineData("(?i)abc", "")]
    [InlineData("x(?i:abc)", "")]
    [InlineData("", "")]
    [InlineData("^-w (?<rule>x)$", "-w")]
    public void The_longest_text_that_every_match_has_is_found(string expression, string expected) => Assert.Equal(expected, RequiredLiteral.Of(expression));

    [Fact]
    public void Every_pattern_that_ships_compiles_without_backtracking()
    {
        var expressions = ExtractionRules.Load(ShippedPatterns.File).Patterns.SelectMany(p => p.Expressions.Concat(p.Unless)).ToList();

        Assert.All(expressions, e => Assert.True(e.Regex.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking)));
    }

    [Fact]
    public void It_never_hides_a_match_of_a_pattern_that_ships()
    {
        var content = Path.Combine(Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT") ?? "/nowhere", "ssg-debian12-ds.xml");
        Assert.SkipUnless(File.Exists(content), "FORGE_TEST_CONTENT names no folder with ssg-debian12-ds.xml");
        var texts = File.ReadAllText(content).Replace("<html:code>", "", StringComparison.Ordinal).Replace("</html:code>", "", StringComparison.Ordinal)
            .Chunk(10_000).Select(c => new string(c)).Where((_, i) => i % 20 == 0).ToList();
        var matched = 0;

        foreach (var expression in ExtractionRules.Load(ShippedPatterns.File).Patterns.SelectMany(p => p.Expressions.Concat(p.Unless)))
        {
            foreach (var text in texts.Where(t => expression.Regex.IsMatch(t)))
            {
                matched++;
                Assert.True(expression.IsMatch(text), $"{expression.Regex} matches and is not searched for");
            }
        }

        Assert.True(matched > 200, $"only {matched} texts match anything");
    }
}
