using System.Text.Json.Nodes;
using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>Items whose check searches all file systems: made first in their batch and checked while its other changes are made, and judged as any other.</summary>
public sealed class SlowCheckTests(LabMachine lab) : IClassFixture<LabMachine>
{
    [Fact]
    public void They_are_checked_beside_the_other_changes_of_their_batch_and_a_fix_that_does_nothing_is_taken_back()
    {
        lab.Reset();
        Assert.SkipWhen(Environment.ProcessorCount < 2, "with one processor nothing runs side by side");

        var run = ForgeProcess.Run("Invoke-ForgeTask", lab.Name, "-Content", ForgeProcess.ContentFile, "-Profile", "walks", "-MaxRounds", "1", "-Confirm:$false");

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Equal(
            [("good_one", "Remediated"), ("meanwhile", "Remediated"), ("walk_bad", "Escalated"), ("walk_good", "Remediated")],
            run.Items.Select(i => (i.Key, i.Value["Outcome"]!.GetValue<string>())).Order());
        Assert.Equal("seen\n", lab.Root("cat /etc/forge-acceptance/beside"));
        Assert.Equal("beside\nforge-walk_good\ngood_one\nmeanwhile\n", lab.Root("ls /etc/forge-acceptance"));
        Assert.Equal(("pass", "pass", "fail", "pass"), Verdicts());

        var id = run.Items.Values.First()["RunId"]!.GetValue<string>();
        var events = File.ReadLines(Path.Combine(ForgeProcess.Home, "runs", id, "events.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        string[] Items(string type) => [.. events.Where(e => e["event"]!["type"]!.GetValue<string>() == type && e["event"]!["step"]?.GetValue<string>() is null or "apply")
            .Select(e => e["event"]!["item"]?.GetValue<string>() ?? "").Where(i => i.Length > 0).Distinct()];
        Assert.Equal(["walk_good", "walk_bad"], Items("intent").Take(2));
        Assert.Equal(4, Items("evaluated").Length);
    }

    private (string GoodOne, string Meanwhile, string WalkBad, string WalkGood) Verdicts()
    {
        var scan = lab.Scan("walks");
        return (scan["good_one"], scan["meanwhile"], scan["walk_bad"], scan["walk_good"]);
    }
}
