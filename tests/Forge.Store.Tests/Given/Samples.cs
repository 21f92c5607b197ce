using Forge.Core.Actions;
using Forge.Core.Checkpoints;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Thinking;
using Forge.Core.Models;
using Forge.Core.Loop;
using Forge.Core.Memory;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Store.Tests.Given;

/// <summary>One filled event of each type, with awkward text in it.</summary>
public static class Samples
{
    public const string Awkward = "quote \" backslash \\ é 漢字 😀 \u001b[31mred\u001b[0m \u2028 </script> tab\t line\n null\0";

    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    private static readonly Dictionary<string, string> Provenance = new() { ["content"] = "ssg 0.1.82", ["profile"] = "cis_level2_server", ["scanner"] = "oscap 1.3.7" };

    public static IReadOnlyList<ForgeEvent> Events { get; } =
    [
        new RunStarted("20261121-0912-practice-stig-7f3a", "stig", ["practice", "web01"]),
        new RunResumed(41),
        new RunEnded(RunStatus.ItemsLeft, Awkward),
        new TargetConnected(Facts, 3, "host-journal", 0.75) { Target = "practice" },
        new Contacted(Awkward, 0.125) { Target = "practice" },
        new TargetParked("sudo is broken", "sudo:broken") { Target = "practice" },
        new ScanEnded(
            "before",
            new(313, 134, 47, 13, 0),
            new Dictionary<string,
            VerdictKind> { ["a"] = VerdictKind.Pass, ["b"] = VerdictKind.NotApplicable },
            Digest('a'),
            12.5,
            Provenance) { Target = "practice" },
        new RoundStarted(1, ["a", "b"]) { Target = "practice" },
        new Reviewed(new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Fail }, "slim", Digest('f'), 0.75) { Target = "practice" },
        new ConflictDecided("b", Awkward) { Target = "practice", Item = "a" },
        new ItemQueued(Finding, "packages") { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new AttemptStarted(1, "content", Awkward, ActionRisk.LockoutCapable, "edits sshd") { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new IntentWritten(Digest('b'), 3, 1, "fix", Digest('c'), "host-journal", "baseline", 90) { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new ResultWritten(Digest('b'), OperationState.Completed, 0, null, false, Digest('d'), null, 0.25, Changes) { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new Evaluated(
            VerdictKind.Pass,
            Awkward,
            "slim",
            new Dictionary<string,
            VerdictKind> { ["sshd_x"] = VerdictKind.Fail },
            Digest('e'),
            0.05) { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new Probed(false, ["sudo: no tty", "ssh"], "sudo", 0.5) { Target = "practice" },
        new UndoIntent(Digest('b'), "still fails") { Target = "practice" },
        new UndoEnded(Digest('b'), false, ["/etc/ssh/sshd_config: mode"], 1.5) { Target = "practice" },
        new CheckpointTaken(new("baseline", "qemu-snapshot", true, Noon), 2.5) { Target = "practice" },
        new CheckpointReverted("baseline", "not usable", ["a"], 3) { Target = "practice" },
        new CheckpointDropped("baseline", 0.25) { Target = "practice" },
        new RebootIntent("end of round", "boot-1", "6.1.0-1") { Target = "practice" },
        new RebootEnded("boot-2", "6.1.0-2", 24.5) { Target = "practice" },
        new ItemEnded(Item) { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new RegressionFound("sshd_set_max_auth_tries", true) { Target = "practice", Item = "sshd_x" },
        new LessonLearned(Tip) { Target = "practice", Item = "sshd_set_max_auth_tries" },
        new Noted(Awkward),
        new ModelAsked(ModelRole.Worker, "local", 3, new string('a', 64), null, new ModelUsage(900, 700, 41, 0.4, 1.25, 0.75), 2.5, Awkward, ["section lessons left out"]),
        new ProposerAsked(new ModelUsage(212, 0, 31, 0.2, 0.05, 0.03), 0.31, "forge-hardener d3496ac1"),
        new ActionSuggested("""{"action":"set-mode","path":"/etc/motd","mode":"0644"}""", "set mode 0644 of /etc/motd", "small-model", 0.5, Awkward),
        new ActionProposed(3, 2, """{"action":"set-mode","path":"/etc/motd","mode":"0644"}""", "set mode 0644 of /etc/motd", new string('b', 64), FailureMode.PolicyViolation, Awkward),
        new PlanMade("plateau", ArchitectVerdict.Pivot, Awkward, true),
        new LessonDrawn(3, Awkward),
        new ThinkingEnded(FailureMode.Plateau, Awkward),
        new ModelLost("local", Awkward, 61.5),
    ];

    public static Tip Tip => new()
    {
        Skill = "stig",
        Item = "sshd_set_max_auth_tries",
        Target = "practice",
        Platform = "debian-12-x86_64",
        ActionDigest = Digest('c'),
        Arm = "content",
        Outcome = FailureMode.None,
        Mechanism = "because sshd reads the first value",
        RunId = "20261121-0912-practice-stig-7f3a",
        LearnedAt = Noon,
    };

    public static ItemResult Item => new()
    {
        Id = "sshd_set_max_auth_tries",
        Target = "practice",
        RunId = "20261121-0912-practice-stig-7f3a",
        Title = "Limit authentication attempts",
        Severity = Severity.Medium,
        Outcome = ItemState.Remediated,
        FailureMode = FailureMode.None,
        Arm = "content",
        Attempts = 1,
        Elapsed = TimeSpan.FromSeconds(0.6),
    };

    private static HostFacts Facts => new()
    {
        OsId = "debian",
        OsVersion = "12",
        OsName = "Debian GNU/Linux 12 (bookworm)",
        Architecture = "x86_64",
        Kernel = "6.1.0-1",
        BootId = "boot-1",
        Virtualization = "systemd-nspawn",
        FreeBytes = 3_300_000_000,
        TotalBytes = 8_000_000_000,
        Clock = Noon,
    };

    private static Finding Finding => new()
    {
        Id = "sshd_set_max_auth_tries",
        Target = "practice",
        Skill = "stig",
        Profile = "cis_level2_server",
        FullId = "xccdf_org.ssgproject.content_rule_sshd_set_max_auth_tries",
        Title = "Limit authentication attempts",
        Severity = Severity.Medium,
        Category = "ssh",
        Evidence = Awkward,
        Description = "MaxAuthTries 4",
        Resources = [new(ResourceKind.File, "/etc/ssh/sshd_config")],
        DependsOn = ["package_openssh-server_installed"],
        NeedsReboot = true,
        HasFix = true,
        References = [new("CIS", "5.2.18")],
        FoundAt = Noon,
    };

    private static HostChanges Changes => new()
    {
        Files = ["/etc/ssh/sshd_config"],
        PackagesInstalled = ["auditd=3.0.9"],
        PackagesRemoved = ["telnet=0.17"],
        UnitsStarted = ["auditd.service"],
        UnitsStopped = ["rsync.service"],
        Sysctls = ["net.ipv4.ip_forward"],
    };

    public static string Digest(char digit) => new(digit, 64);
}
