using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>Findings of the vendor's real content, its own fixes withheld: the rule's text alone, read by the extractor and by the small model that comes with Forge, on a real machine.</summary>
public sealed class ProposalTests(ITestOutputHelper output)
{
    // None of these rules was trained on, and each says in words what it wants.
    private static readonly string[] Rules =
        ["sysctl_net_ipv4_conf_all_log_martians", "sysctl_net_ipv4_conf_default_log_martians", "kernel_module_dccp_disabled", "file_permissions_crontab", "sshd_disable_root_login"];

    [Fact]
    public void What_a_rule_says_in_words_is_done_without_any_fix_of_the_vendor_and_proven_from_outside()
    {
        var content = Path.Combine(Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT") ?? "", "ssg-debian12-ds.xml");
        Assert.SkipUnless(File.Exists(content), "no SCAP content here (FORGE_TEST_CONTENT)");
        using var lab = new LabMachine();
        lab.Reset();
        var findings = ForgeProcess.Run("Get-ForgeFinding", lab.Name, "-Skill", "stig", "-Profile", "cis_level2_server", "-Content", content);
        var chosen = findings.Objects.Where(f => Rules.Contains(f["Id"]!.GetValue<string>())).ToList();
        Assert.True(chosen.Count >= 4, $"{chosen.Count} of the rules fail on a fresh machine: {string.Join(", ", chosen.Select(c => c["Id"]))}");

        var run = ForgeProcess.Run(
            ["Invoke-ForgeTask", "-Skill", "stig", "-Content", content, "-ExcludeArm", "content", "-NoReboot", "-Confirm:$false"], string.Join('\n', chosen.Select(c => c.ToJsonString())), null);

        foreach (var item in run.Items.Values)
        {
            output.WriteLine($"{item["Id"],-45} {item["Outcome"],-12} {item["Arm"],-22} {item["Reason"]}");
        }

        Assert.Equal(chosen.Count, run.Items.Count);
        Assert.All(run.Items.Values, i => Assert.Equal("Remediated", i["Outcome"]!.GetValue<string>()));
        Assert.All(run.Items.Values, i => Assert.Contains(i["Arm"]!.GetValue<string>(), new[] { "extractor", "extractor+small-model" }));
        if (Directory.Exists(Path.Combine(Environment.GetEnvironmentVariable("FORGE_CACHE") ?? "", "model-runtime")))
        {
            Assert.Contains(run.Items.Values, i => i["Arm"]!.GetValue<string>() == "extractor+small-model");
        }
        else
        {
            output.WriteLine("the runtime of models is missing: the extractor worked alone");
        }

        var id = run.Items.Values.First()["RunId"]!.GetValue<string>();
        var proposed = ForgeProcess.Run("Get-ForgeEvent", id, "-Type", "action.proposed").Objects;
        Assert.Equal(chosen.Count, proposed.Count);
        Assert.Empty(ForgeProcess.Run("Get-ForgeEvent", id, "-Type", "model.asked").Objects);
        Assert.Equal("1", lab.Root("sysctl -n net.ipv4.conf.all.log_martians").Trim());
        Assert.Equal("600", lab.Root("stat -c %a /etc/crontab").Trim());
    }

    [Fact]
    public void How_a_proposal_failed_is_still_told_after_the_reboot()
    {
        HardeningContent.SkipWithout();
        using var lab = new LabMachine();
        lab.Reset();
        // The lab's kernel has no such parameter: the proposal is right and cannot work here.
        var run = ForgeProcess.Run(["Invoke-ForgeTask", lab.Name, .. HardeningContent.Only("sysctl_kernel_yama_ptrace_scope", "file_permissions_crontab"), "-ExcludeArm", "content", "-Confirm:$false"]);

        Assert.Equal("Remediated", run.Items["file_permissions_crontab"]["Outcome"]!.GetValue<string>());
        var failed = run.Items["sysctl_kernel_yama_ptrace_scope"];
        Assert.Equal("Escalated", failed["Outcome"]!.GetValue<string>());
        Assert.StartsWith("extractor", failed["Arm"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("kernel.yama.ptrace_scope", failed["Reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(ForgeProcess.Run("Get-ForgeEvent", failed["RunId"]!.GetValue<string>(), "-Type", "reboot.ended").Objects);
    }

    [Theory]
    [InlineData("after-intent:1")]
    [InlineData("before-result:1")]
    public void A_run_that_was_killed_in_a_proposals_change_takes_it_up_and_asks_nobody_again(string point)
    {
        HardeningContent.SkipWithout();
        using var lab = new LabMachine();
        lab.Reset();
        var killed = ForgeProcess.Run(
            ["Invoke-ForgeTask", lab.Name, .. HardeningContent.Only("file_permissions_crontab"), "-ExcludeArm", "content", "-NoReboot", "-Confirm:$false"], null, new Dictionary<string, string> { ["FORGE_CRASH_AT"] = point });
        Assert.Equal(137, killed.ExitCode);

        var id = ForgeProcess.Run("Get-ForgeRun", "-Last", "1").Objects.Single()["Id"]!.GetValue<string>();
        var resumed = ForgeProcess.Run("Resume-ForgeRun", id, "-Confirm:$false");
        Assert.Equal("Remediated", resumed.Items["file_permissions_crontab"]["Outcome"]!.GetValue<string>());
        Assert.StartsWith("extractor", resumed.Items["file_permissions_crontab"]["Arm"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(ForgeProcess.Run("Get-ForgeEvent", id, "-Type", "action.proposed").Objects);
        Assert.Equal("600", lab.Root("stat -c %a /etc/crontab").Trim());
    }

    [Fact]
    public void What_the_small_model_says_alone_is_shown_and_not_done()
    {
        HardeningContent.SkipWithout();
        Assert.SkipUnless(Directory.Exists(Path.Combine(Environment.GetEnvironmentVariable("FORGE_CACHE") ?? "", "model-runtime")), "the runtime of models is missing: forge Install-ForgeModelRuntime (FORGE_CACHE)");
        using var lab = new LabMachine();
        lab.Reset();
        string[] task = ["Invoke-ForgeTask", lab.Name, .. HardeningContent.Only("file_permissions_crontab"), "-ExcludeArm", "content,extractor", "-NoReboot"];
        var plan = ForgeProcess.Run([.. task, "-WhatIf"]);
        Assert.Contains("a suggestion only: the small model is not sure enough", plan.Output + plan.Error, StringComparison.Ordinal);

        var run = ForgeProcess.Run([.. task, "-Confirm:$false"]);
        Assert.Equal(("Escalated", 0), (run.Items["file_permissions_crontab"]["Outcome"]!.GetValue<string>(), run.Items["file_permissions_crontab"]["Attempts"]!.GetValue<int>()));
        var folder = Directory.CreateTempSubdirectory("forge-report").FullName;
        ForgeProcess.Run("Export-ForgeReport", run.Items["file_permissions_crontab"]["RunId"]!.GetValue<string>(), "-Format", "Json", "-Path", folder, "-Confirm:$false");
        var item = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "result.json")))!["items"]![0]!;
        Assert.Equal(("small-model", true), (item["suggestion"]!["arm"]!.GetValue<string>(), item["suggestion"]!["summary"]!.GetValue<string>().Contains("/etc/crontab", StringComparison.Ordinal)));
        Assert.Equal("644", lab.Root("stat -c %a /etc/crontab").Trim());
    }
}
