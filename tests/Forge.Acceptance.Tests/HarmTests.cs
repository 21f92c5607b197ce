using System.Text.Json.Nodes;
using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>Fixes that do harm, through the ordinary path: each is noticed, taken back, named, and the rest goes on.</summary>
public sealed class HarmTests(HarmTests.HarmRun run) : IClassFixture<HarmTests.HarmRun>
{
    [Theory]
    [InlineData("good_one", "Remediated", "None")]
    [InlineData("breaks_sshd", "Escalated", "HealthFailure")]
    [InlineData("breaks_sudo", "Escalated", "HealthFailure")]
    [InlineData("hangs", "Escalated", "Hang")]
    [InlineData("fills_disk", "Escalated", "DiskFull")]
    [InlineData("claims_success", "Escalated", "FalseSuccess")]
    [InlineData("breaks_another", "Waived", "Regression")]
    [InlineData("fails_cleanly", "Escalated", "CleanFailure")]
    [InlineData("lost_after_reboot", "Escalated", "LostAfterReboot")]
    [InlineData("no_fix", "Escalated", "NoFix")]
    [InlineData("good_two", "Remediated", "None")]
    [InlineData("permissions_local_var_log", "Remediated", "None")]
    public void Each_fix_ends_as_what_it_is(string id, string outcome, string mode)
    {
        run.SkipWithoutLab();
        var item = run.Items[id];

        Assert.Equal((outcome, mode), (item["Outcome"]!.GetValue<string>(), item["FailureMode"]!.GetValue<string>()));
        Assert.True(outcome == "Remediated" || item["Reason"]!.GetValue<string>().Length > 0, "an item that is not remediated says why");
    }

    [Fact]
    public void What_the_skill_adds_to_the_contents_fix_lasts_over_the_reboot()
    {
        run.SkipWithoutLab();

        Assert.Equal("content+skill", run.Items["permissions_local_var_log"]["Arm"]!.GetValue<string>());
        Assert.Equal("640\n", run.Lab.Root("stat -c %a /var/log/wtmp"));
    }

    [Fact]
    public void What_was_taken_back_left_nothing_behind()
    {
        run.SkipWithoutLab();

        Assert.Equal("good_one\ngood_two\n", run.Lab.Root("ls /etc/forge-acceptance"));
        Assert.Equal("", run.Lab.Root("grep NoSuchKeyword /etc/ssh/sshd_config; ls /var/forge-fill 2>/dev/null; pgrep -f 'sleep 100000'"));
        Assert.Equal("440\n", run.Lab.Root("stat -c %a /etc/sudoers"));
    }

    [Fact]
    public void An_independent_scan_confirms_every_remediated_item_and_would_notice_a_fake()
    {
        run.SkipWithoutLab();
        var claimed = run.Items.Where(i => i.Value["Outcome"]!.GetValue<string>() == "Remediated").Select(i => i.Key).ToList();

        Assert.Empty(LabMachine.NotConfirmed(claimed, run.Lab.Scan("harm")));

        run.Lab.Root("echo faked > /etc/forge-acceptance/good_one");

        Assert.Equal(["good_one"], LabMachine.NotConfirmed(claimed, run.Lab.Scan("harm")));
        run.Lab.Root("echo fixed > /etc/forge-acceptance/good_one");
    }

    [Fact]
    public void The_journal_holds_an_intent_before_every_result_and_nothing_ran_twice()
    {
        run.SkipWithoutLab();
        var events = ForgeProcess.Run("Get-ForgeEvent", run.RunId, "-Type", "intent,result").Objects;
        var intents = new HashSet<string>();
        foreach (var e in events)
        {
            var operation = e["Event"]!["OperationId"]!.GetValue<string>();
            if (e["Type"]!.GetValue<string>() == "intent")
            {
                Assert.True(intents.Add(operation), $"operation {operation} was intended twice");
            }
            else
            {
                Assert.Contains(operation, intents);
            }
        }

        Assert.NotEmpty(intents);
    }

    /// <summary>One run over all of them.</summary>
    public sealed class HarmRun : IDisposable
    {
        public HarmRun()
        {
            if (Lab.WhyNot is not null)
            {
                return;
            }

            Lab.Reset();
            var run = ForgeProcess.Run(
                "Invoke-ForgeTask", Lab.Name, "-Content", ForgeProcess.ContentFile, "-Profile", "harm", "-ActionTimeout", "15s", "-MaxRounds", "1", "-Confirm:$false");
            Assert.True(run.ExitCode == 3, run.ToString());
            Items = run.Items;
            RunId = Items.Values.First()["RunId"]!.GetValue<string>();
        }

        public LabMachine Lab { get; } = new();

        public IReadOnlyDictionary<string, JsonNode> Items { get; } = new Dictionary<string, JsonNode>();

        public string RunId { get; } = "";

        public void SkipWithoutLab()
        {
            if (Lab.WhyNot is { } reason)
            {
                Assert.Skip(reason);
            }
        }

        public void Dispose() => Lab.Dispose();
    }
}
