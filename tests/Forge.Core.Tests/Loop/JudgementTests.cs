using Forge.Core.Actions;
using Forge.Core.Evaluation;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Policy;
using Forge.Core.Tests.Decisions;

namespace Forge.Core.Tests.Loop;

public sealed class JudgementTests
{
    [Theory]
    [InlineData(true, 1, ItemState.Escalated)]
    [InlineData(true, 0, ItemState.Deferred)]
    [InlineData(false, 1, ItemState.Deferred)]
    public void An_action_written_for_forge_that_refuses_does_not_wait_for_a_reboot(bool exitCodeCounts, int exitCode, ItemState expected)
    {
        var action = new ScriptAction { Arm = "any", Summary = "", Script = "exit 1", NeedsReboot = true, ExitCodeCounts = exitCodeCounts };
        var draft = new Draft(new ItemEntry { Finding = DecisionSample.Item("disk_home") }, 1, action, "", new RiskAssessment(ActionRisk.Irreversible, ""), false);
        var status = new OperationStatus
        {
            Id = OperationId.Of("run", "web01", "disk_home", 1, "apply", action.ToBytes()),
            State = OperationState.Completed,
            ExitCode = exitCode,
            Error = "refused: /dev/sdb has partitions\n",
            Changes = HostChanges.None with { Files = ["/etc/x"] },
        };

        var outcome = Judgement.Of(draft, status, new VerificationResult(new Verdict("disk_home", VerdictKind.Fail, ""), []));

        Assert.Equal(expected, outcome.State);
        Assert.True(expected == ItemState.Deferred || outcome.Reason.Contains("has partitions", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("content", ItemState.Waived, ItemState.Deferred)]
    [InlineData("model", ItemState.Escalated, ItemState.Escalated)]
    public void What_a_model_guessed_is_neither_a_conflict_of_the_item_nor_worth_a_reboot(string arm, ItemState whenRed, ItemState whenWaiting)
    {
        var action = new ScriptAction { Arm = arm, Summary = "", Script = "true" };
        var item = DecisionSample.Item("disk_home") with { NeedsReboot = true };
        var draft = new Draft(new ItemEntry { Finding = item }, 1, action, "", new RiskAssessment(ActionRisk.Reversible, ""), false);
        var status = new OperationStatus { Id = OperationId.Of("run", "web01", "disk_home", 1, "apply", action.ToBytes()), State = OperationState.Completed, ExitCode = 0, Changes = HostChanges.None with { Files = ["/etc/x"] } };

        Assert.Equal(whenRed, Judgement.Of(draft, status, new VerificationResult(new Verdict("disk_home", VerdictKind.Pass, ""), ["other"])).State);
        Assert.Equal(whenWaiting, Judgement.Of(draft, status, new VerificationResult(new Verdict("disk_home", VerdictKind.Fail, ""), [])).State);
    }
}
