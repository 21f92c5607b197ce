using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Actions.Shell;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Actions.Typed;

public class TypedScriptTests
{
    [Fact]
    public void A_shell_reads_exactly_the_word_that_was_quoted()
    {
        var words = new List<string> { "", "'", "''", "a'b", "\\'", "$(id)", "`id`", "\n", "a\nb\n", "\t \r", "-n", "*", "!", "ü\u202e", "${x}", "\"", "\\" };
        var odd = "'\\\"$`\n\t a-*!;&|<>(){}[]#~é".Select(c => c.ToString()).ToArray();
        var any = Gen.Sample(Gen.ArrayOf(Gen.Elements(odd)), 300, 30);
        words.AddRange(any.Select(a => string.Concat(a)));

        var said = Run("/bin/sh", [], $"printf '%s\\0' {string.Join(' ', words.Select(TypedScript.Quote))}");

        Assert.Equal(words, said.Split('\0')[..^1]);
    }

    [Fact]
    public void What_no_shell_can_hold_is_not_quoted() => Assert.Throws<ArgumentException>(() => TypedScript.Quote("a\0b"));

    [Fact]
    public void A_proposal_with_anything_in_it_is_read_back_as_it_was_or_refused_as_invalid()
    {
        var hostile = Gen.Elements("..", "/", "\n", ";", "'", "\"", "--force", "*", "\u0430", "\u202e", "0777", "$(id)", "a", "0", "-", " ", "/etc/x", "=", "\0", "[", "|");
        var texts = Gen.OneOf(Gen.Select(Gen.ArrayOf(hostile), a => string.Concat(a)), Gen.Select(ArbMap.Default.GeneratorFor<string?>(), s => s ?? ""));
        var cases = from good in Gen.Elements(Proposals.Good) from at in Gen.Choose(1, 6) from text in texts select (good, at, text);
        Prop.ForAll(cases.ToArbitrary(), c => HoldsFor(c.good, c.at, c.text)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [MemberData(nameof(Proposals.All), MemberType = typeof(Proposals))]
    public void Scripts_are_clean_for_shells_and_for_our_own_reader(string json)
    {
        var action = Proposals.Parse(json);
        foreach (var script in new[] { action.ToScript(), action.CheckScript() })
        {
            Assert.Equal("", Run("/bin/sh", ["-n"], script));
            Assert.True(ShellEffectsReader.Read(script).Parsed);
            if (File.Exists("/usr/bin/shellcheck") && action is not RunScriptAction)
            {
                // Not every part uses all that is given, and functions are called by the end.
                Assert.Equal("", Run("/usr/bin/shellcheck", ["--shell=sh", "--exclude=SC2034,SC2317,SC2154,SC2329,SC2119,SC2120", "-"], script));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Proposals.All), MemberType = typeof(Proposals))]
    public void The_state_before_is_recorded_of_what_it_names_and_of_no_large_tree(string json)
    {
        var paths = Core.Loop.ChangeRunner.JournalPathsOf(Proposals.Parse(json));

        Assert.DoesNotContain(paths, p => p is "/" or "/etc" or "/run" or "/usr" or "/var" or "/tmp" or "/boot" or "/home");
        Assert.All(Proposals.Parse(json).Resources.Where(r => r.Kind == Core.Findings.ResourceKind.File), r => Assert.Contains(r.Name, paths));
    }

    private static bool HoldsFor(string good, int at, string text)
    {
        var proposal = JsonNode.Parse(good)!.AsObject();
        var keys = proposal.Select(p => p.Key).ToList();
        proposal[keys[Math.Min(at, keys.Count - 1)]] = text;
        TypedAction action;
        JsonElement element;
        try
        {
            element = JsonSerializer.SerializeToElement(proposal);
            action = ActionCatalog.Default.Parse(element, "model");
        }
        catch (ForgeException e)
        {
            return e.Id == "ActionInvalid";
        }

        return JsonElement.DeepEquals(element, action.ToProposal()) && (action is RunScriptAction || ShellEffectsReader.Read(action.ToScript()).Parsed);
    }

    private static string Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.Result;
    }
}
