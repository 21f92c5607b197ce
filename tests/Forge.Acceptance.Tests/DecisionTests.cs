using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>What only the user can decide: asked for, given in a file, done by the skill's own action, verified like any other fix.</summary>
public sealed class DecisionTests(LabMachine lab) : IClassFixture<LabMachine>
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("forge-decisions").FullName, "decisions.yaml");

    [Fact]
    public void A_decision_is_asked_for_given_and_makes_its_rule_pass()
    {
        lab.Reset();
        HardeningContent.SkipWithout();
        string[] only = HardeningContent.Only("sshd_limit_user_access");
        var before = Run("Invoke-ForgeTask", only, "-Confirm:$false");

        Assert.Equal("NeedsDecision", before.Items["sshd_limit_user_access"]["Outcome"]!.GetValue<string>());
        Assert.Contains("'ssh-access' with -Decision", before.Items["sshd_limit_user_access"]["Reason"]!.GetValue<string>(), StringComparison.Ordinal);

        var run = before.Items["sshd_limit_user_access"]["RunId"]!.GetValue<string>();
        var written = ForgeProcess.Run("New-ForgeDecision", "-RunId", run, "-Path", _file);
        Assert.Equal("ssh-access", written.Objects.Single()["Decisions"]![0]!.GetValue<string>());
        var again = ForgeProcess.Run("New-ForgeDecision", "-RunId", run, "-Path", _file);
        Assert.True(again.ExitCode != 0 && again.Error.Contains("DecisionExists", StringComparison.Ordinal), again.ToString());

        File.WriteAllText(_file, File.ReadAllText(_file).Replace("    users:\n", "    users: [forge]\n", StringComparison.Ordinal));
        var plan = Run("Invoke-ForgeTask", only, "-Decision", _file, "-WhatIf");
        Assert.Contains("as decided (ssh-access) · lockout-capable", plan.Output + plan.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowUsers", lab.Root("sshd -T -C user=forge,host=h,addr=127.0.0.1; cat /etc/ssh/sshd_config.d/* 2>/dev/null"), StringComparison.Ordinal);

        var after = Run("Invoke-ForgeTask", only, "-Decision", _file, "-MaxRounds", "1", "-Confirm:$false");
        Assert.True(after.ExitCode == 0, after.ToString());
        Assert.Equal("Remediated", after.Items["sshd_limit_user_access"]["Outcome"]!.GetValue<string>());
        Assert.Equal("decision", after.Items["sshd_limit_user_access"]["Arm"]!.GetValue<string>());
        Assert.Contains("\nallowusers forge\n", lab.Root("sshd -T -C user=forge,host=h,addr=127.0.0.1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users: [root]", "forge, the login that Forge uses, is not among the users")]
    [InlineData("groups: [root]", "forge, the login that Forge uses, is in none of the groups")]
    [InlineData("users: [forge, nosuchuser]", "there is no user nosuchuser")]
    public void A_list_that_would_lock_out_the_login_is_refused_and_changes_nothing(string input, string reason)
    {
        lab.Reset();
        HardeningContent.SkipWithout();
        var before = lab.Root("find /etc/ssh -type f | sort | xargs sha256sum");
        File.WriteAllText(_file, $"default:\n  ssh-access:\n    {input}\n");
        var run = Run("Invoke-ForgeTask", HardeningContent.Only("sshd_limit_user_access"), "-Decision", _file, "-MaxRounds", "1", "-Confirm:$false");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("Escalated", run.Items["sshd_limit_user_access"]["Outcome"]!.GetValue<string>());
        Assert.Contains(reason, run.Items["sshd_limit_user_access"]["Reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(before, lab.Root("find /etc/ssh -type f | sort | xargs sha256sum"));
    }

    [Fact]
    public void A_killed_run_goes_on_with_the_same_decisions_and_with_no_others()
    {
        lab.Reset();
        HardeningContent.SkipWithout();
        const string Text = "default:\n  ssh-access:\n    users: [forge]\n";
        File.WriteAllText(_file, Text);
        var killed = ForgeProcess.Run(
            ["Invoke-ForgeTask", lab.Name, .. HardeningContent.Only("sshd_limit_user_access"), "-Decision", _file, "-MaxRounds", "1", "-Confirm:$false"],
            null,
            new Dictionary<string, string> { ["FORGE_CRASH_AT"] = "before-result:1" });
        Assert.Equal(137, killed.ExitCode);
        var id = ForgeProcess.Run("Get-ForgeRun", "-Last", "1").Objects.Single()["Id"]!.GetValue<string>();

        File.WriteAllText(_file, Text.Replace("forge", "forge, root", StringComparison.Ordinal));
        var changed = ForgeProcess.Run("Resume-ForgeRun", id, "-Confirm:$false");
        Assert.True(changed.ExitCode != 0 && changed.Error.Contains("DecisionChanged", StringComparison.Ordinal), changed.ToString());

        File.WriteAllText(_file, Text);
        var resumed = ForgeProcess.Run("Resume-ForgeRun", id, "-Confirm:$false");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal("Remediated", resumed.Items["sshd_limit_user_access"]["Outcome"]!.GetValue<string>());
        Assert.Equal("AllowUsers forge\n", lab.Root("cat /etc/ssh/sshd_config /etc/ssh/sshd_config.d/* | grep ^AllowUsers"));
    }

    [Fact]
    public void A_file_that_cannot_be_meant_ends_the_command_before_anything_is_done()
    {
        File.WriteAllText(_file, "default:\n  ssh-acces:\n    users: [forge]\n");
        var run = ForgeProcess.Run("Invoke-ForgeTask", "-HostName", "nowhere.invalid", "-Skill", "stig", "-Decision", _file, "-Confirm:$false");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("decisions.yaml:2: default.ssh-acces: the skill 'stig' has no such decision", run.Error, StringComparison.Ordinal);
    }

    private Finished Run(string command, string[] parameters, params string[] more) => ForgeProcess.Run([command, lab.Name, .. parameters, .. more]);
}
