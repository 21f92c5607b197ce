using System.Diagnostics;
using System.Text.Json;
using System.Xml;
using Forge.Core.Actions.Shell;

namespace Forge.Core.Tests.Actions;

/// <summary>Our own shell parser against the one of shfmt: over every fix script of the content, and where they are known to differ.</summary>
public sealed class ShellReadersTests
{
    // Each reader has its own words for compound commands.
    private static readonly HashSet<string> Compound = ["case", "for", "[[", "select", "function"];

    // Where ours sees a command and shfmt none, in these fixes: the parts of for ((i=0; i<n; i++)), and of [[ a =~ (boot|efi) ]]. One more to be careful of; it misses none.
    private static readonly string[] Explained = ["only ours: i", "only ours: i++", "only ours: ?", "only ours: boot", "only ours: efi", "only ours: ]]"];

    [Fact]
    public void Both_see_the_same_commands_and_redirections_in_every_fix_of_the_content()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");
        var folder = Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT");
        var content = folder is null ? null : Directory.EnumerateFiles(folder, "ssg-debian12-ds.xml", SearchOption.AllDirectories).FirstOrDefault();
        Assert.SkipWhen(content is null, "FORGE_TEST_CONTENT names no folder with ssg-debian12-ds.xml");
        var scripts = Fixes(content).Distinct().ToList();
        Assert.True(scripts.Count > 400, $"only {scripts.Count} fixes");

        var differences = scripts.AsParallel().WithDegreeOfParallelism(2).SelectMany(Differences).Distinct().AsEnumerable().Except(Explained).ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} differences in {scripts.Count} fixes\n" + string.Join('\n', differences.Take(40)));
    }

    [Theory]
    [InlineData("a=$(x \"$(y)\"); b=${c:-$(z)}; echo `w`")]
    [InlineData("cat <<E >/etc/x\n$(inner) `other` ${v:-$(third)}\nE\nlast")]
    [InlineData("cat <<'E' >/etc/x\n$(inner)\nE\nlast")]
    [InlineData("cat <<-\\E | tee /etc/y\n\t$(inner)\n\tE\nlast &>/etc/z 2>>/etc/w <>/etc/v >|/etc/u")]
    [InlineData("f() { rm -f /etc/x; }; f | g || h & (i; j) && ! k")]
    [InlineData("P=/etc/a; rm \"$P\" ${P} '$P' \"a\\$b\\c\" a\\ b $'q'")]
    [InlineData("x=1\nx=2\necho $x ${x%1} ${#x} ${x:1}")]
    [InlineData("if a; then b; elif c; then d; else e; fi >/etc/o")]
    [InlineData("while read -r l; do use \"$l\"; done < <(produce) >/etc/o")]
    [InlineData("echo $(( $(count) + 1 )) >>/etc/n")]
    [InlineData("A=1 B=2 env run; export C=3; local d=$(e)")]
    [InlineData("until x; do y; done; time z; echo >&2 err >/dev/stderr")]
    public void Both_see_the_same_in_what_is_hard_to_read(string script)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");

        Assert.Equal([], Differences(script));
    }

    [Theory]
    [InlineData("\"${a:-", "}\"")]
    [InlineData("\"$(x ", ")\"")]
    [InlineData("${a:-", "}")]
    [InlineData("$((", "))")]
    [InlineData("(", ")")]
    public void A_script_that_nests_without_end_is_not_read_for_ever(string open, string close)
    {
        foreach (var levels in new[] { 30, 20_000 })
        {
            var script = "echo " + string.Concat(Enumerable.Repeat(open, levels)) + "a" + string.Concat(Enumerable.Repeat(close, levels));

            Assert.NotNull(ShellEffectsReader.Read(script));
        }
    }

    private static List<string> Differences(string script)
    {
        HashSet<string> ours;
        try
        {
            ours = [.. ShellParser.Parse(script).SelectMany(Shown)];
        }
        catch (ShellSyntaxException e)
        {
            return [$"ours does not parse: {e.Message}"];
        }

        using var tree = Tree(script);
        if (tree is null)
        {
            return ["shfmt does not parse"];
        }

        var effects = ShellEffectsReader.ReadTree(script, tree.RootElement);
        var theirs = ShellTreeReader.Read(script, tree.RootElement).SelectMany(Shown).ToHashSet();
        return
        [
            .. Said(effects).Except(Said(ShellEffectsReader.Read(script))).Select(d => $"ours has no effect: {d}"),
            .. Said(ShellEffectsReader.Read(script)).Except(Said(effects)).Select(d => $"only ours has the effect: {d}"),
            .. theirs.Except(ours).Select(d => $"ours misses: {d}"),
            .. ours.Except(theirs).Select(d => $"only ours: {d}"),
        ];
    }

    private static IEnumerable<string> Said(ShellEffects effects) =>
        [
            .. effects.Resources.Select(r => $"{r.Kind} {r.Name}"), .. effects.RemovedPackages.Select(p => $"removes {p}"), .. effects.StoppedServices.Select(s => $"stops {s}"),
            .. effects.InstalledPackages.Select(p => $"installs {p}"), .. effects.StartedServices.Select(s => $"starts {s}"), .. effects.Irreversible.Select(i => $"irreversible {Plain(i)}"),
            .. effects.Settings.Select(s => s.ToString()), $"tool {effects.LockoutTool}", $"mounts {effects.Mounts}", $"services {effects.TouchesServices}",
        ];

    private static IEnumerable<string> Shown(ShellCommand command)
    {
        foreach (var file in command.Writes)
        {
            yield return "> " + Plain(file);
        }

        if (command.Words.Count > 0 && !Compound.Contains(command.Words[0]))
        {
            yield return string.Join(' ', command.Words.Select(Plain));
        }
    }

    private static string Plain(string word) => word.Replace(ShellCommand.Unknown, '?');

    private static JsonDocument? Tree(string script)
    {
        var start = new ProcessStartInfo("/usr/bin/shfmt", ["--to-json", "-ln", "bash"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        process.WaitForExit();
        _ = error.Result;
        return process.ExitCode == 0 ? JsonDocument.Parse(output.Result, new JsonDocumentOptions { MaxDepth = 1000 }) : null;
    }

    private static IEnumerable<string> Fixes(string path)
    {
        using var reader = XmlReader.Create(path);
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "fix" } || reader.GetAttribute("system") != "urn:xccdf:fix:script:sh")
            {
                continue;
            }

            var script = new System.Text.StringBuilder();
            using var fix = reader.ReadSubtree();
            while (fix.Read())
            {
                script.Append(fix.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace ? fix.Value : fix.LocalName == "sub" ? "value" : "");
            }

            yield return script.ToString();
        }
    }
}
