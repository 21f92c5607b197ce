using System.Diagnostics;
using System.Security.Cryptography;
using Forge.Core.Actions;
using Forge.Core.Decisions;
using Forge.Core.Fixes;
using Forge.Core.Policy;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Decisions;

public sealed class DecisionFixSourceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inputs_arrive_in_a_real_shell_exactly_as_they_were_given()
    {
        using var sample = new DecisionSample();
        var file = DecisionFileReader.Read(sample.Write("default:\n  storage: { disk: /dev/disk/by-id/a_b-c, names: [one, two] }\n"), sample.Skill);
        var action = await ProposeAsync(new DecisionFixSource(sample.Skill, file), "disk_home");

        Assert.Equal("disk_home|/dev/disk/by-id/a_b-c|one\ntwo||", Shell(action!.ToScript()));
        Assert.True(action.NeedsReboot);
        Assert.Equal("decision", action.Arm);
    }

    [Fact]
    public async Task Quotes_and_expansions_in_a_value_are_text()
    {
        const string Hostile = "it's $(touch /tmp/x) `id` \"$HOME\" \\";
        using var sample = new DecisionSample("printf '%s' \"$DECISION_WORD\"\n");
        var file = DecisionFileReader.Read(sample.Write($"default:\n  storage: {{ disk: /dev/sdb, word: '{Hostile.Replace("'", "''", StringComparison.Ordinal)}' }}\n"), sample.Skill);
        var action = await ProposeAsync(new DecisionFixSource(sample.Skill, file), "disk_home");

        Assert.Equal(Hostile, Shell(action!.ToScript()));
    }

    [Fact]
    public async Task An_irreversible_action_is_approved_by_its_exact_bytes_and_by_nothing_else()
    {
        using var sample = new DecisionSample("mkfs.ext4 \"$DECISION_DISK\"\n");
        var source = new DecisionFixSource(sample.Skill, DecisionFileReader.Read(sample.Write("default:\n  storage: { disk: /dev/sdb }\n"), sample.Skill));
        var action = await ProposeAsync(source, "disk_home");
        var risk = RiskClassifier.Assess(action!);
        var approved = source.WithApproved(new HashSet<string>());

        Assert.Equal(ActionRisk.Irreversible, risk.Risk);
        Assert.True(ActionGate.Decide(risk, DigestOf(action!), approved, hasOutsideCheckpoint: false) is { Allowed: true, NeedsDeadMan: true });
        var other = ((ScriptAction)action!) with { Script = action!.ToScript() + "\n" };
        Assert.False(ActionGate.Decide(risk, DigestOf(other), approved, hasOutsideCheckpoint: true).Allowed);
        Assert.False(ActionGate.Decide(risk, DigestOf(action!), new HashSet<string>(), hasOutsideCheckpoint: true).Allowed);
    }

    [Fact]
    public async Task An_item_without_its_decision_still_needs_it_and_gets_no_action()
    {
        using var sample = new DecisionSample();
        var none = new DecisionFixSource(sample.Skill, null);
        var forAnother = new DecisionFixSource(sample.Skill, DecisionFileReader.Read(sample.Write("targets:\n  db01: { storage: { disk: /dev/sdb } }\n"), sample.Skill));

        Assert.Contains("'storage' with -Decision", none.MissingFor(DecisionSample.Item("disk_home"))!.Request, StringComparison.Ordinal);
        Assert.NotNull(forAnother.MissingFor(DecisionSample.Item("disk_home")));
        Assert.Null(await ProposeAsync(forAnother, "disk_home"));
        Assert.Null(forAnother.MissingFor(DecisionSample.Item("disk_home", "db01")));
        Assert.Equal("something that no script can do", none.MissingFor(DecisionSample.Item("other_thing"))!.Request);
        Assert.Null(none.MissingFor(DecisionSample.Item("unrelated")));
    }

    [Fact]
    public async Task Where_the_skill_has_a_fix_of_its_own_a_decision_is_not_asked_for_and_comes_first_where_it_is_given()
    {
        using var sample = new DecisionSample();
        var skill = sample.Skill with { Fixes = [new SkillFix(["^disk_tmp$"], "do.sh", "because", true)] };
        var given = new DecisionFixSource(skill, DecisionFileReader.Read(sample.Write("targets:\n  web01: { storage: { disk: /dev/sdb } }\n"), skill));

        Assert.Null(new DecisionFixSource(skill, null).MissingFor(DecisionSample.Item("disk_tmp")));
        Assert.NotNull(new DecisionFixSource(skill, null).MissingFor(DecisionSample.Item("disk_home")));
        Assert.Null(await ProposeAsync(new DecisionFixSource(skill, null), "disk_tmp"));
        Assert.Equal("decision", (await ProposeAsync(given, "disk_tmp"))!.Arm);
    }

    private static Task<ForgeAction?> ProposeAsync(DecisionFixSource source, string item) => source.ProposeAsync(new FixRequest(null!, DecisionSample.Item(item), 1, []), Cancel);

    private static string DigestOf(ForgeAction action) => Convert.ToHexStringLower(SHA256.HashData(action.ToBytes()));

    private static string Shell(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
