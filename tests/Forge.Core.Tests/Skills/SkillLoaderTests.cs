using Forge.Core.Errors;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Skills;

public sealed class SkillLoaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("forge-skill").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_fault_is_named_with_file_line_and_key()
    {
        var folder = Write("bad", """
            name: bad
            titel: typo
            engine: nosuch
            phases:
              - name: one
                ids: ['(']
            maxAttempts: many
            """);

        var errors = SkillLoader.Check(folder, ["xccdf"]).Select(e => e.ToString()).ToList();

        Assert.Contains(errors, e => e.Contains("skill.yaml:2: titel: is not a known key", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("title: is required", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("skill.yaml:6: phases[0].ids[0]: '(' is not a regular expression", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("skill.yaml:7: maxAttempts: must be integer, is 'many'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name: other\ntitle: t\nengine: xccdf\n", "must equal the folder's name")]
    [InlineData("name: meaning\ntitle: t\nengine: nosuch\n", "there is no engine 'nosuch'")]
    [InlineData("name: meaning\ntitle: t\nengine: xccdf\nprepare: nowhere.sh\n", "is not in the folder")]
    public void What_the_schema_cannot_see_is_checked_too(string manifest, string expected) =>
        Assert.Contains(expected, Assert.Single(SkillLoader.Check(Write("meaning", manifest), ["xccdf"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("    action: nowhere.sh\n", "skill.yaml:8: decisions[0].action: the script 'nowhere.sh' is not in the folder")]
    [InlineData("    action: broken.sh\n", "skill.yaml:8: decisions[0].action: the script 'broken.sh' cannot be parsed")]
    [InlineData("    action: ../good.sh\n", "skill.yaml:8: decisions[0].action: '../good.sh' does not match")]
    [InlineData("    inputs:\n      - { name: a, description: d, type: disk }\n", "skill.yaml:9: decisions[0].inputs[0].type: 'disk' is not one of")]
    [InlineData("    inputs:\n      - { name: a, description: d, type: list }\n      - { name: a, description: d, type: list }\n", "skill.yaml:10: decisions[0].inputs: 'a' is given twice")]
    [InlineData("  - ids: [y]\n    needs: n\n    action: good.sh\n", "skill.yaml:10: decisions[1].name: is required where a decision has inputs or an action")]
    [InlineData("  - ids: [y]\n    needs: n\n    name: one\n", "skill.yaml:10: decisions[1].name: 'one' is the name of an earlier decision")]
    public void A_fault_of_a_decision_is_named_with_line_and_key(string rest, string expected)
    {
        var folder = Write("decided", "name: decided\ntitle: t\nengine: xccdf\ndecisions:\n  - name: one\n    ids: [x]\n    needs: n\n" + rest);
        File.WriteAllText(Path.Combine(folder, "good.sh"), "echo done\n");
        File.WriteAllText(Path.Combine(folder, "broken.sh"), "echo 'unclosed\n");

        Assert.Contains(expected, Assert.Single(SkillLoader.Check(folder, ["xccdf"])).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xccdf", "scaner: oscap", "skill.yaml:5: settings.scaner: is not a known key; known are content, contentFolders,")]
    [InlineData("xccdf", "scanMinutes: 0", "skill.yaml:5: settings.scanMinutes: 0 is below 1")]
    [InlineData("xccdf", "contentFolders: [usr/share]", "skill.yaml:5: settings.contentFolders[0]: 'usr/share' does not match ^/")]
    [InlineData("xccdf", "scanner: [oscap, -v]", "skill.yaml:5: settings.scanner: must be string, is a list")]
    [InlineData("command", "scanner: oscap", "skill.yaml:5: settings.scanner: is not a known key; there are none here")]
    public void A_fault_of_an_engines_settings_is_named_with_line_and_key(string engine, string setting, string expected) => Assert.Contains(
        expected,
        Assert.Single(SkillLoader.Check(Write("set", $"name: set\ntitle: t\nengine: {engine}\nsettings:\n  {setting}\n"), ["xccdf", "command"])).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Without_an_engine_nothing_is_said_of_settings() =>
        Assert.Contains("engine: is required", Assert.Single(SkillLoader.Check(Write("none", "name: none\ntitle: t\nsettings:\n  whatever: 1\n"), ["xccdf"])).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Settings_of_an_engine_that_the_schema_does_not_know_are_its_own() =>
        Assert.Empty(SkillLoader.Check(Write("other", "name: other\ntitle: t\nengine: own\nsettings:\n  whatever: 1\n"), ["own"]));

    [Theory]
    [InlineData("script: nowhere.sh", "skill.yaml:6: fixes[0].script: the script 'nowhere.sh' is not in the folder")]
    [InlineData("script: broken.sh", "skill.yaml:6: fixes[0].script: the script 'broken.sh' cannot be parsed")]
    [InlineData("script: /etc/profile.sh", "skill.yaml:6: fixes[0].script: '/etc/profile.sh' does not match")]
    [InlineData("before: nowhere.sh", "skill.yaml:6: fixes[0].before: the script 'nowhere.sh' is not in the folder")]
    [InlineData("needsReboot: true", "skill.yaml:7: fixes[0].script: is required where a fix has no before")]
    public void A_fault_of_a_fix_is_named_with_line_and_key(string script, string expected)
    {
        var folder = Write("fixed", $"name: fixed\ntitle: t\nengine: xccdf\nfixes:\n  - ids: [x]\n    {script}\n    because: b\n");
        File.WriteAllText(Path.Combine(folder, "broken.sh"), "echo 'unclosed\n");

        Assert.Contains(expected, Assert.Single(SkillLoader.Check(folder, ["xccdf"])).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.yaml", "skill.yaml:4: extract: the file 'nowhere.yaml' is not in the folder")]
    [InlineData("/etc/extract.yaml", "skill.yaml:4: extract: '/etc/extract.yaml' does not match")]
    [InlineData("bad.yaml", "bad.yaml:3: patterns[0].body[0]: '(' cannot be used")]
    public void A_fault_of_the_patterns_is_named_with_file_line_and_key(string file, string expected)
    {
        var folder = Write("read", $"name: read\ntitle: t\nengine: xccdf\nextract: {file}\n");
        File.WriteAllText(Path.Combine(folder, "bad.yaml"), "patterns:\n  - name: one\n    body: '('\n    action: { action: package, name: x, state: present }\n");

        Assert.Contains(expected, Assert.Single(SkillLoader.Check(folder, ["xccdf"])).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_yaml_is_an_error_with_line_and_column_and_no_empty_skill()
    {
        var error = Assert.Throws<ForgeException>(() => SkillLoader.Load(Write("broken", "name: broken\ntitle: [unclosed\nengine: xccdf\n"), ["xccdf"]));

        Assert.Equal("YamlInvalid", error.Id);
        Assert.Contains("skill.yaml:2:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_skill_that_comes_with_Forge_is_valid()
    {
        var root = FindRoot();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(root, "skills")))
        {
            Assert.Empty(SkillLoader.Check(folder, ["xccdf", "command"]));
        }
    }

    [Fact]
    public void No_code_outside_a_skills_folder_knows_its_name()
    {
        var root = FindRoot();
        foreach (var skill in Directory.EnumerateDirectories(Path.Combine(root, "skills")).Select(Path.GetFileName))
        {
            // What a doc comment or a help text gives as an example is no knowledge; a string or a name in code is.
            var knows = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(f => File.ReadLines(f).Select((text, i) => (File: f, Line: i + 1, Text: text)))
                .Where(l => !l.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && !l.Text.Contains("HelpMessage", StringComparison.Ordinal))
                .Where(l => System.Text.RegularExpressions.Regex.IsMatch(l.Text, $"\"{skill}[\"-/]|\\b{skill}\\b(?=\\s*[(:;])"))
                .Select(l => $"{l.File}:{l.Line}: {l.Text.Trim()}").ToList();
            Assert.Empty(knows);
        }
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Forge.sln")) && !File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the repository's root was not found");
        }

        return at;
    }

    private string Write(string name, string manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "skill.yaml"), manifest);
        return folder;
    }
}
