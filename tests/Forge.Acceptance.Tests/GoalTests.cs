using System.Text.Json;
using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>
/// Ten goals with commands that verify them, reached through the loop with decisions from recordings, and again with recordings that lie. The recordings are
/// made by hand and say so; what is tested is that only the verdict counts.
/// </summary>
public sealed class GoalTests(GoalTests.GoalLab lab, ITestOutputHelper output) : IClassFixture<GoalTests.GoalLab>
{
    private const string Site = "server {\n  listen 8081;\n  location / { return 200 'forge'; }\n}\n";

    // Goal, command that verifies it, what shows the machine's state, the right decision, and one that lies.
    public static TheoryData<string, string, string, string, string> Goals => new()
    {
        { "IPv4 reverse path filtering is loose", "test \"$(cat /proc/sys/net/ipv4/conf/all/rp_filter)\" = 2", "cat /proc/sys/net/ipv4/conf/all/rp_filter; ls /etc/sysctl.d",
            Action(new { action = "sysctl", key = "net.ipv4.conf.all.rp_filter", value = "2" }), Action(new { action = "sysctl", key = "net.ipv4.conf.all.log_martians", value = "1" }) },
        { "martian packets are logged, also after a boot", "grep -rqs '^net.ipv4.conf.all.log_martians *= *1' /etc/sysctl.d && test \"$(cat /proc/sys/net/ipv4/conf/all/log_martians)\" = 1", "cat /proc/sys/net/ipv4/conf/all/log_martians; ls /etc/sysctl.d",
            Action(new { action = "sysctl", key = "net.ipv4.conf.all.log_martians", value = "1" }), Action(new { action = "write-file", path = "/etc/sysctl.d/99-martians.conf", content = "net.ipv4.conf.all.log_martians = 1\n" }) },
        { "the package tree is installed", "command -v tree", "dpkg-query -W tree 2>&1",
            Action(new { action = "package", name = "tree", state = "present" }), Action(new { action = "package", name = "treeline-no-such-package", state = "present" }) },
        { "the password of games has to be changed every 60 days", "test \"$(getent shadow games | cut -d: -f5)\" = 60", "getent shadow games",
            Action(new { action = "user", name = "games", property = "max-days", value = "60" }), Action(new { action = "user", name = "games", property = "locked", value = "yes" }) },
        { "only root may read /etc/issue.net", "test \"$(stat -c %a /etc/issue.net)\" = 600", "stat -c '%a %U' /etc/issue.net",
            Action(new { action = "set-mode", path = "/etc/issue.net", mode = "0600" }), Action(new { action = "set-mode", path = "/etc/issue.net", mode = "0640" }) },
        { "who logs in sees that use is watched", "grep -q 'Use is watched' /etc/motd", "cat /etc/motd; stat -c %a /etc/motd",
            Action(new { action = "write-file", path = "/etc/motd", content = "Use is watched.\n" }), Action(new { action = "write-file", path = "/etc/motd", content = "Welcome.\n" }) },
        { "the ssh daemon allows three tries", "sshd -T | grep -qx 'maxauthtries 3'", "sshd -T | grep maxauthtries",
            Action(new { action = "set-config", format = "sshd", key = "MaxAuthTries", value = "3" }), Action(new { action = "set-config", format = "sshd", key = "AllowUsers", value = "nobody" }) },
        { "the module cramfs cannot be loaded", "grep -rqsE '^(install|blacklist) cramfs' /etc/modprobe.d", "cat /etc/modprobe.d/*cramfs* 2>/dev/null; ls /etc/modprobe.d",
            Action(new { action = "kernel-module", name = "cramfs", state = "disabled" }), Action(new { action = "kernel-module", name = "udf", state = "disabled" }) },
        { "passwords are valid for 90 days", "grep -qE '^PASS_MAX_DAYS[[:space:]]+90$' /etc/login.defs", "grep PASS_MAX_DAYS /etc/login.defs",
            Action(new { action = "set-config", format = "login.defs", key = "PASS_MAX_DAYS", value = "90" }), "{\"verdict\":\"the goal is reached, nothing to do\"}" },
        { "nginx answers on port 8081 too, and stays up", "wget -qO- http://127.0.0.1:8081/ | grep -q forge", "ls /etc/nginx/conf.d; wget -qO- http://127.0.0.1:80/ >/dev/null && echo up",
            Sequence(new { action = "write-file", path = "/etc/nginx/conf.d/forge.conf", content = Site }, new { action = "service", name = "nginx", state = "restarted" }),
            Sequence(new { action = "write-file", path = "/etc/nginx/conf.d/forge.conf", content = "server { listen 80 broken" }, new { action = "service", name = "nginx", state = "restarted" }) },
    };

    [Theory]
    [MemberData(nameof(Goals))]
    public void A_goal_is_reached_by_the_right_decision_and_a_lie_changes_nothing(string goal, string verify, string state, string right, string lie)
    {
        lab.SkipWithoutLab();
        var before = lab.Machine.Root(state);

        var lied = lab.Run(goal, verify, "a recording that lies, by hand", lie, lie, lie);
        Assert.True(lied.ExitCode == 3, lied.ToString());
        var given = lied.Items["goal"];
        Assert.Equal("Escalated", given["Outcome"]!.GetValue<string>());
        Assert.NotEmpty(given["Reason"]!.GetValue<string>());
        Assert.Equal(before, lab.Machine.Root(state));

        var reached = lab.Run(goal, verify, "decisions by hand", right);
        Assert.True(reached.ExitCode == 0, reached.ToString());
        Assert.Equal(("Remediated", "model"), (reached.Items["goal"]["Outcome"]!.GetValue<string>(), reached.Items["goal"]["Arm"]!.GetValue<string>()));
        Assert.Equal("holds\n", lab.Machine.Root($"( {verify} ) >/dev/null 2>&1 && echo holds"));
    }

    [Fact]
    public void A_server_of_your_own_reaches_what_it_can_and_claims_nothing_else()
    {
        var endpoint = Environment.GetEnvironmentVariable("FORGE_TEST_MODEL_ENDPOINT");
        Assert.SkipUnless(endpoint is not null, "set FORGE_TEST_MODEL_ENDPOINT to the base address of an OpenAI-compatible server with a model that is good at it: the ten goals then run for real");
        lab.SkipWithoutLab();
        ForgeProcess.Run("Add-ForgeModel", "server", "-Endpoint", endpoint, "-Force", "-Confirm:$false");
        foreach (var (goal, verify, _, _, _) in Goals.Select(g => g.Data))
        {
            lab.Machine.Reset();
            lab.Prepare();
            var run = ForgeProcess.Run("Invoke-ForgeTask", lab.Machine.Name, "-Goal", goal, "-Verify", verify, "-Probe", GoalLab.Probe, "-Model", "server", "-Parameter", "as=root", "-Confirm:$false");
            var item = run.Items["goal"];
            output.WriteLine($"{goal}: {item["Outcome"]} after {item["Attempts"]} attempts: {item["Reason"]}");
            Assert.Equal(item["Outcome"]!.GetValue<string>() == "Remediated" ? "holds\n" : "", lab.Machine.Root($"( {verify} ) >/dev/null 2>&1 && echo holds"));
        }
    }

    [Fact]
    public void A_probe_that_does_not_hold_before_stops_the_run_before_anything_is_changed()
    {
        lab.SkipWithoutLab();
        var run = ForgeProcess.Run("Invoke-ForgeTask", lab.Machine.Name, "-Goal", "anything", "-Verify", "false", "-Probe", "test -e /nonexistent", "-Confirm:$false");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("probe-1 must stay true and does not hold", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_shows_the_models_proposal_and_changes_nothing()
    {
        lab.SkipWithoutLab();
        var before = lab.Machine.Root("stat -c %a /etc/hostname");
        lab.Record("shown", "by hand", Action(new { action = "set-mode", path = "/etc/hostname", mode = "0600" }));
        var run = ForgeProcess.Run("Invoke-ForgeTask", lab.Machine.Name, "-Goal", "only root may read /etc/hostname", "-Verify", "test \"$(stat -c %a /etc/hostname)\" = 600", "-Model", "shown", "-WhatIf");
        Assert.Contains("/etc/hostname", run.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, lab.Machine.Root("stat -c %a /etc/hostname"));
    }

    private static string Action(object action) => JsonSerializer.Serialize(action);

    private static string Sequence(params object[] steps) => JsonSerializer.Serialize(new { action = "sequence", steps });

    /// <summary>One machine with an nginx that must stay up.</summary>
    public sealed class GoalLab : IDisposable
    {
        private int _recordings;

        public GoalLab()
        {
            if (Machine.WhyNot is null)
            {
                Machine.Reset();
                Prepare();
            }
        }

        /// <summary>Commands that must stay true.</summary>
        public const string Probe = "wget -qO- http://127.0.0.1:80/ >/dev/null";

        public LabMachine Machine { get; } = new();

        /// <summary>Installs the nginx that must stay up.</summary>
        public void Prepare() => Machine.Root("apt-get -q update; DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install nginx-light wget");

        /// <summary>A run with a recording of these decisions.</summary>
        public Finished Run(string goal, string verify, string label, params string[] decisions)
        {
            var name = $"r{++_recordings}";
            Record(name, label, decisions);
            return ForgeProcess.Run(
                "Invoke-ForgeTask", Machine.Name, "-Goal", goal, "-Verify", verify, "-Probe", Probe, "-Model", name, "-Parameter", "as=root", "-Confirm:$false");
        }

        /// <summary>Adds a model that answers from a recording.</summary>
        public void Record(string name, string label, params string[] decisions)
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("forge-recording").FullName, "recording.jsonl");
            File.WriteAllLines(file, [JsonSerializer.Serialize(new { recording = label, source = "by hand" }), .. decisions.Select((d, i) => $$"""{"role":"worker","item":"goal","turn":{{i + 1}},"answer":{{d}}}"""),
                """{"role":"reflector","item":"*","answer":{"mechanism":"because the check wants something else"}}"""]);
            var added = ForgeProcess.Run("Add-ForgeModel", name, "-Recording", file, "-Confirm:$false");
            Assert.True(added.ExitCode == 0, added.ToString());
        }

        public void SkipWithoutLab()
        {
            if (Machine.WhyNot is { } reason)
            {
                Assert.Skip(reason);
            }
        }

        public void Dispose() => Machine.Dispose();
    }
}
