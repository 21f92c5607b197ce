using System.Text;
using Forge.Core.Actions;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Store.Runs;

namespace Forge.Store.Tests.Given;

/// <summary>Plays whole runs into a store, as the loop would write them: scans, items with attempts, a reboot, figures that add up.</summary>
public static class Night
{
    public const string Target = "practice";

    private static readonly Dictionary<string, string> Provenance = new() { ["content"] = "scap-security-guide 0.1.82", ["profile"] = "cis_level2_server", ["scanner"] = "oscap 1.3.7" };

    /// <summary>A run with as many findings as asked for; every fifth is escalated, every seventh needs a decision, the rest is remediated.</summary>
    public static async Task<RunRecord> PlayAsync(
        RunStore store,
        string id,
        int findings,
        string script = "sed -i s/6/4/ /etc/ssh/sshd_config\n",
        string output = "done\n")
    {
        var run = Home.Run(id);
        await using var journal = await store.CreateAsync(run, Home.Token);
        await journal.AppendAsync(new RunStarted(id, run.Skill, run.Targets), durable: true, Home.Token);
        await journal.AppendAsync(
            new ScanEnded("before", new(300, findings, 40, 13, 0), Verdicts(findings, VerdictKind.Fail), null, 60, Provenance) { Target = Target },
            durable: true,
            Home.Token);
        var items = new List<ItemResult>();
        for (var i = 1; i <= findings; i++)
        {
            items.Add(await PlayItemAsync(journal, id, i, script, output));
        }

        await RebootAsync(journal, new("end of round 1", "boot-one", "6.1.0-17"), new("boot-two", "6.1.0-18", 24));
        await RebootAsync(journal, new("end of round 2", "boot-two", "6.1.0-18"), new("boot-three", "6.1.0-18", 24));
        var fixedCount = items.Count(i => i.Outcome == ItemState.Remediated);
        await journal.AppendAsync(new ScanEnded(
            "after",
            new(300 + fixedCount, findings - fixedCount, 40, 13, 0),
            Verdicts(findings, VerdictKind.Pass),
            null,
            70,
            Provenance) { Target = Target }, durable: true, Home.Token);
        await journal.AppendAsync(new RunEnded(RunStatus.ItemsLeft, "items are left"), durable: true, Home.Token);
        var ended = run with
        {
            Status = RunStatus.ItemsLeft,
            EndedAt = run.StartedAt.AddSeconds(362),
            Summary = new() { Elapsed = TimeSpan.FromSeconds(362), Targets = [Summary(items, findings, fixedCount)] },
        };
        await store.SaveAsync(ended, Home.Token);
        return ended;
    }

    public static TargetSummary Summary(IReadOnlyList<ItemResult> items, int findings, int fixedCount) => new()
    {
        Target = Target,
        Before = new(300, findings, 40, 13, 0),
        After = new(300 + fixedCount, findings - fixedCount, 40, 13, 0),
        Items = items,
        Reboots = 2,
        Platform = "debian-12-x86_64",
        Provenance = Provenance,
        Split = new()
        {
            Scanner = TimeSpan.FromSeconds(130),
            Target = TimeSpan.FromSeconds(151),
            Reboot = TimeSpan.FromSeconds(48),
            Model = TimeSpan.FromSeconds(27),
            Harness = TimeSpan.FromSeconds(6),
        },
    };

    private static async Task<ItemResult> PlayItemAsync(IJournal journal, string runId, int number, string script, string output)
    {
        var item = $"rule_{number:000}";
        var finding = new Finding { Id = item, Target = Target, Skill = "stig", Title = $"Rule {number}", Severity = Severity.Medium };
        await journal.AppendAsync(new ItemQueued(finding, "rest") { Target = Target, Item = item }, durable: false, Home.Token);
        var result = new ItemResult { Id = item, Target = Target, RunId = runId, Title = finding.Title, Severity = finding.Severity, Outcome = ItemState.NeedsDecision, Reason = "a separate /tmp needs a disk" };
        if (number % 7 != 0)
        {
            result = await PlayAttemptAsync(journal, result, number % 5 != 0, script + $"# {number}\n", output);
        }

        await journal.AppendAsync(new ItemEnded(result) { Target = Target, Item = item }, durable: false, Home.Token);
        return result;
    }

    private static async Task<ItemResult> PlayAttemptAsync(IJournal journal, ItemResult result, bool holds, string script, string output)
    {
        var (target, item) = (result.Target, result.Id);
        var blob = await journal.PutAsync(Encoding.UTF8.GetBytes(script), Home.Token);
        var printed = await journal.PutAsync(Encoding.UTF8.GetBytes(output), Home.Token);
        var operation = OperationId.Of(result.RunId, target, item, 1, "fix", Encoding.UTF8.GetBytes(script)).Value;
        await journal.AppendAsync(
            new AttemptStarted(1, "content", "change " + item, ActionRisk.Reversible, "touches a file") { Target = target, Item = item },
            durable: false,
            Home.Token);
        await journal.AppendAsync(
            new IntentWritten(operation, 1, 1, "fix", blob, "host-journal", null, null) { Target = target, Item = item },
            durable: true,
            Home.Token);
        await journal.AppendAsync(
            new ResultWritten(
                operation,
                OperationState.Completed,
                0,
                null,
                false,
                printed,
                null,
                0.3,
                new() { Files = ["/etc/ssh/sshd_config"] }) { Target = target, Item = item }, durable: true, Home.Token);
        await journal.AppendAsync(
            new Evaluated(
                holds ? VerdictKind.Pass : VerdictKind.Fail,
                output,
                "slim",
                new Dictionary<string,
                VerdictKind>(),
                null,
                0.05) { Target = target, Item = item }, durable: false, Home.Token);
        if (!holds)
        {
            await journal.AppendAsync(new UndoIntent(operation, "still fails") { Target = target, Item = item }, durable: true, Home.Token);
            await journal.AppendAsync(new UndoEnded(operation, true, [], 0.2) { Target = target, Item = item }, durable: false, Home.Token);
        }

        var tip = Samples.Tip with { Item = item, RunId = result.RunId, ActionDigest = blob, Outcome = holds ? FailureMode.None : FailureMode.EvaluatorGap };
        await journal.AppendAsync(new LessonLearned(tip) { Target = target, Item = item }, durable: false, Home.Token);
        return result with
        {
            Outcome = holds ? ItemState.Remediated : ItemState.Escalated,
            FailureMode = holds ? FailureMode.None : FailureMode.EvaluatorGap,
            Arm = "content",
            Attempts = 1,
            Elapsed = TimeSpan.FromSeconds(0.35),
            Reason = holds ? "" : "the rule still fails; undone",
        };
    }

    private static async Task RebootAsync(IJournal journal, RebootIntent intent, RebootEnded ended)
    {
        await journal.AppendAsync(intent with { Target = Target }, durable: true, Home.Token);
        await journal.AppendAsync(ended with { Target = Target }, durable: true, Home.Token);
    }

    private static Dictionary<string, VerdictKind> Verdicts(int findings, VerdictKind verdict) => Enumerable.Range(1, findings).ToDictionary(i => $"rule_{i:000}", _ => verdict);
}
