using Forge.Core.Errors;
using Forge.Core.Extraction;

namespace Forge.Core.Tests.Extraction;

public sealed class ExtractionRulesTests
{
    [Theory]
    [InlineData("patterns:\n  - name: one\n    body: 'a(b'\n    action: { action: package, name: x, state: present }\n", "extract.yaml:3: patterns[0].body[0]: 'a(b' cannot be used")]
    [InlineData("patterns:\n  - name: one\n    body:\n      - 'a'\n      - '(?<=a)b'\n    action: { action: package, name: x, state: present }\n", "extract.yaml:5: patterns[0].body[1]: '(?<=a)b' cannot be used: it cannot be matched without backtracking because of (?<=")]
    [InlineData("patterns:\n  - name: one\n    body: '(?&path)'\n    action: { action: package, name: x, state: present }\n", "extract.yaml:3: patterns[0].body[0]: '(?&path)' cannot be used: there is no part 'path'")]
    [InlineData("parts:\n  path: '['\npatterns:\n  - name: one\n    body: a\n    action: { action: package, name: x, state: present }\n", "extract.yaml:2: parts.path: '[' cannot be used")]
    [InlineData("patterns:\n  - name: one\n    body: '(?<name>a)'\n    action:\n      action: package\n      name: '{nam}'\n      state: present\n", "extract.yaml:6: patterns[0].action.name: no expression of the pattern has a group 'nam'")]
    [InlineData("patterns:\n  - name: one\n    body: '(?<name>a)'\n    action:\n      action: package\n      name: '{name|upper}'\n      state: present\n", "extract.yaml:6: patterns[0].action.name: '{name|upper}' cannot be used: there is no filter 'upper'; there are lower,")]
    [InlineData("patterns:\n  - name: one\n    body: '(?<name>a)'\n    action:\n      action: package\n      name: '{name'\n      state: present\n", "extract.yaml:6: patterns[0].action.name: '{name' cannot be used: a brace is not part of a place")]
    [InlineData("patterns:\n  - name: one\n    boddy: a\n    action: { action: package, name: x, state: present }\n", "extract.yaml:3: patterns[0].boddy: is not a known key; known are name, title, body, any, unless, action")]
    [InlineData("patterns:\n  - name: one\n    body: a\n    action:\n      action: package\n      nmae: x\n      name: x\n      state: present\n", "extract.yaml:6: patterns[0].action.nmae: is not a field of package; known are action, name, state")]
    [InlineData("patterns:\n  - name: one\n    body: a\n    action: { action: package, name: x }\n", "extract.yaml:4: patterns[0].action.state: is required for package and missing")]
    [InlineData("patterns:\n  - name: one\n    body: a\n    action: { action: pakcage, name: x }\n", "extract.yaml:4: patterns[0].action.action: must be one of package, service,")]
    [InlineData("patterns:\n  - name: one\n    body: a\n    action: { action: set-config, format: jason, key: k, value: v }\n", "extract.yaml:4: patterns[0].action.format: must be one of sshd, key-value,")]
    [InlineData("patterns:\n  - name: one\n    action: { action: package, name: x, state: present }\n", "extract.yaml:2: patterns[0]: must look for something")]
    [InlineData("patterns:\n  - name: one\n    body: a\n    action: { action: package, name: x, state: present }\n  - name: one\n    body: b\n    action: { action: package, name: y, state: present }\n", "extract.yaml:5: patterns[1].name: 'one' is the name of an earlier pattern")]
    [InlineData("patterns: []\n", "extract.yaml:1: patterns: must hold at least 1")]
    public void A_fault_is_named_with_file_line_and_key(string yaml, string expected)
    {
        var error = Assert.Throws<ForgeException>(() => ExtractionRules.Read("extract.yaml", yaml));

        Assert.Equal("ExtractInvalid", error.Id);
        Assert.StartsWith(expected, Assert.Single(error.Message.Split('\n')), StringComparison.Ordinal);
        Assert.Contains("Test-ForgeSkill", error.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a(?=b)")]
    [InlineData("a(?!b)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)b")]
    [InlineData("(?<x>a)\\k<x>")]
    [InlineData("(?<x>a)(?(x)b|c)")]
    public void What_only_backtracking_can_match_is_refused(string expression) => Assert.Contains(
        "without backtracking because of",
        Assert.Throws<ForgeException>(() => ExtractionRules.Read("extract.yaml", $"patterns:\n  - name: one\n    body: '{expression}'\n    action: {{ action: package, name: x, state: present }}\n")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("a[(?=]b")]
    [InlineData("a\\(?=b")]
    [InlineData("a(?:b|c)(?<d>e)(?i:f)")]
    public void What_only_looks_like_it_is_not(string expression) =>
        Assert.NotNull(ExtractionRules.Read("extract.yaml", $"patterns:\n  - name: one\n    body: '{expression}'\n    action: {{ action: package, name: x, state: present }}\n"));

    [Fact]
    public void All_faults_of_a_file_are_said_at_once()
    {
        var error = Assert.Throws<ForgeException>(() => ExtractionRules.Read(
            "extract.yaml",
            "patterns:\n  - name: one\n    body: '('\n    title: ')'\n    action: { action: package, name: '{x|upper}', state: present }\n"));

        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() =>
        Assert.Equal("ExtractNotFound", Assert.Throws<ForgeException>(() => ExtractionRules.Load("/nowhere/extract.yaml")).Id);

    [Fact]
    public void Broken_yaml_is_named_with_its_line() =>
        Assert.Contains("extract.yaml:3:", Assert.Throws<ForgeException>(() => ExtractionRules.Read("extract.yaml", "patterns:\n  - name: [one\n")).Message, StringComparison.Ordinal);
}
