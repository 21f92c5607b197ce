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
}
