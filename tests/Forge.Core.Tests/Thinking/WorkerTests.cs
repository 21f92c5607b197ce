using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Skills;
using Forge.Core.Thinking;

namespace Forge.Core.Tests.Thinking;

public class WorkerTests
{
    private const string SetMode = """{"action":"set-mode","path":"/etc/issue","mode":"0644"}""";
    private static readonly Skill Skill = new() { Name = "s", Title = "", Engine = "", Folder = "/" };

    [Theory]
    [InlineData("no json", FailureMode.Unreadable)]
    [InlineData("[1]", FailureMode.Unreadable)]
    [InlineData("{\"action\":\"give-up\",\"reason\":\"\\ud83d\"}", FailureMode.GivenUp)]
    [InlineData("{\"action\":\"\\ud800\"}", FailureMode.Unreadable)]
    [InlineData("{\"\\ud800\":\"set-mode\"}", FailureMode.Unreadable)]
    [InlineData("{\"action\":\"set-mode\",\"path\":\"/etc/\\ud800\",\"mode\":\"0644\"}", FailureMode.Unreadable)]
    [InlineData("{\"action\":\"sequence\",\"steps\":[]}", FailureMode.Unreadable)]
    [InlineData("```json\n{}\n```", FailureMode.Unreadable)]
    [InlineData(SetMode, FailureMode.None)]
    [InlineData("""{"action":"set-mode","path":"/etc/motd","mode":"0644"}""", FailureMode.PolicyViolation)]
    [InlineData("""{"action":"run-script","script":"true"}""", FailureMode.PolicyViolation)]
    public void An_answer_is_what_it_is_and_never_the_end_of_a_run(string text, FailureMode mode) =>
        Assert.Equal(mode, Read(text, Entry()).Mode);

    [Fact]
    public void A_change_that_failed_is_not_made_twice()
    {
        var entry = Entry();
        var digest = ClassedAction.DigestOf(Read(SetMode, entry).Action!);
        entry.Thinking.Apply(new ActionProposed(1, 1, SetMode, "", digest, FailureMode.None, ""));
        entry.Thinking.Apply(new ItemEnded(new ItemResult { Id = "f", Target = "t", RunId = "r", Outcome = ItemState.Escalated, FailureMode = FailureMode.EvaluatorGap, Attempts = 1, Reason = "still red" }));
        Assert.Equal(FailureMode.Plateau, Read(SetMode, entry).Mode);
    }

    [Fact]
    public void A_sequence_is_judged_step_by_step()
    {
        const string Text = """{"action":"sequence","steps":[{"action":"set-mode","path":"/etc/issue","mode":"0644"},{"action":"package","name":"sudo","state":"absent"}]}""";
        Assert.Equal(FailureMode.PolicyViolation, Worker.Read(Text, Entry(), new GuardOptions { BoundToItem = false }, Tools, 4).Mode);
        Assert.Equal(FailureMode.Unreadable, Worker.Read(Text, Entry(), new GuardOptions { BoundToItem = false }, Tools, 1).Mode);
    }

    [Theory]
    [InlineData("""{"action":"service","name":"poweroff.target","state":"enabled"}""")]
    [InlineData("""{"action":"service","name":"ctrl-alt-del.target","state":"restarted"}""")]
    [InlineData("""{"action":"service","name":"systemd-reboot","state":"enabled"}""")]
    [InlineData("""{"action":"service","name":"system.slice","state":"disabled"}""")]
    [InlineData("""{"action":"service","name":"home.mount","state":"disabled"}""")]
    [InlineData("""{"action":"service","name":"dbus-org.freedesktop.login1","state":"disabled"}""")]
    [InlineData("""{"action":"service","name":"postgresql","state":"disabled"}""")]
    [InlineData("""{"action":"package","name":"auditd","state":"absent"}""")]
    [InlineData("""{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Unit","key":"Conflicts","value":"ssh.service"}""")]
    [InlineData("""{"action":"write-file","path":"/etc/modprobe.d/x.conf","content":"install cramfs /bin/sh -c true\n"}""")]
    [InlineData("""{"action":"write-file","path":"/etc/sysctl.d/x.conf","content":"kernel.core_pattern=|/bin/sh\n"}""")]
    [InlineData("""{"action":"set-config","format":"key-value","file":"/etc/modprobe.d/x.conf","key":"install","value":"cramfs /bin/sh"}""")]
    public void Even_a_goal_that_is_bound_to_nothing_stops_no_machine_and_runs_no_program_in_disguise(string proposal) =>
        Assert.Equal(FailureMode.PolicyViolation, Worker.Read(proposal, Entry(), new GuardOptions { BoundToItem = false, LoginUser = "ops" }, Tools, 1).Mode);

    [Theory]
    [InlineData("""{"action":"service","name":"ctrl-alt-del.target","state":"masked"}""", "ctrl-alt-del.target is masked")]
    [InlineData("""{"action":"service","name":"telnet.socket","state":"disabled"}""", "no telnet")]
    [InlineData("""{"action":"package","name":"telnet","state":"absent"}""", "no telnet")]
    public void What_the_goal_asks_to_take_away_may_go(string proposal, string goal) =>
        Assert.Equal(FailureMode.None, Worker.Read(proposal, Entry(goal), new GuardOptions { BoundToItem = false, LoginUser = "ops" }, Tools, 1).Mode);

    [Fact]
    public void Every_answer_of_a_judging_role_is_read_or_said_to_be_unreadable()
    {
        Assert.Equal((ArchitectVerdict.Escalate, true), (Architect.Read("""{"verdict":"ESCALATE","plan":"no"}""", "gap").Verdict, Architect.Read("""{"verdict":"ESCALATE","plan":"no"}""", "gap").Readable));
        Assert.False(Architect.Read("""{"verdict":"escalate"}""", "gap").Readable);
        Assert.False(Architect.Read("\"ESCALATE\"", "gap").Readable);
        Assert.True(Architect.Read("{\"verdict\":\"PIVOT\",\"plan\":\"\\ud800\"}", "gap").Readable);
    }

    private static IReadOnlyList<ActionType> Tools => Worker.ToolsOf(Skill, false);

    private static WorkerMove Read(string text, ItemEntry entry) => Worker.Read(text, entry, new GuardOptions { LoginUser = "ops" }, Tools, 1);

    private static ItemEntry Entry(string title = "Mode of /etc/issue") =>
        new() { Finding = new Finding { Id = "f", Target = "t", Skill = "s", Title = title, Resources = [new Resource(ResourceKind.File, "/etc/issue")] } };
}
