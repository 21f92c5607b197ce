using Forge.Core.Actions;
using Forge.Core.Findings;
using Forge.Core.Fixes;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Engine;

namespace Forge.Scap.Tests.Engine;

/// <summary>Short forms of the content's own fixes: on Debian's content, which has shell and Ansible for most rules and Ansible alone for some.</summary>
public sealed class ShortFixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShellTarget _target = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_attempt_is_short_and_the_next_one_the_contents_script()
    {
        var first = await ProposeAsync("audit_rules_dac_modification_chmod", ["audit-rule"]);
        var second = await ProposeAsync("audit_rules_dac_modification_chmod", ["audit-rule"], "EvaluatorGap: the rule still fails");

        Assert.Equal(("content", "/bin/sh"), (first!.Arm, first.Interpreter));
        Assert.Contains(">>/etc/audit/rules.d/perm_mod.rules", first.Script, StringComparison.Ordinal);
        Assert.Equal(("content", "/bin/bash"), (second!.Arm, second.Interpreter));
        Assert.Contains("SYSCALL_GROUPING", second.Script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_content_has_Ansible_alone_the_short_form_is_all_there_is()
    {
        Assert.Contains("-S settimeofday", (await ProposeAsync("audit_rules_time_settimeofday", ["audit-rule"]))!.Script, StringComparison.Ordinal);
        Assert.Null(await ProposeAsync("audit_rules_time_settimeofday", ["audit-rule"], "EvaluatorGap: the rule still fails"));
        Assert.Null(await ProposeAsync("audit_rules_time_settimeofday", []));
    }

    [Fact]
    public async Task Where_the_vendors_two_fixes_name_different_files_the_script_is_first()
    {
        // Its Ansible tasks watch /etc/sysconfig/network, which Debian does not have; its script and its check do not.
        var first = await ProposeAsync("audit_rules_networkconfig_modification", ["audit-rule"]);

        Assert.Equal("/bin/bash", first!.Interpreter);
        Assert.Equal("/bin/sh", (await ProposeAsync("audit_rules_usergroup_modification_group", ["audit-rule"]))!.Interpreter);
    }

    [Fact]
    public async Task Without_the_setting_and_for_other_kinds_the_script_is_the_contents()
    {
        Assert.Contains("SYSCALL_GROUPING", (await ProposeAsync("audit_rules_dac_modification_chmod", []))!.Script, StringComparison.Ordinal);
        Assert.Equal("/bin/bash", (await ProposeAsync("sysctl_net_ipv4_ip_forward", ["audit-rule"]))!.Interpreter);
    }

    private async Task<ScriptAction?> ProposeAsync(string rule, string[] shortFixes, params string[] failures)
    {
        var session = new SkillSession
        {
            Skill = new Skill
            {
                Name = "any",
                Title = "Any",
                Engine = "xccdf",
                Folder = _folder.File("skill"),
                Settings = new Dictionary<string, IReadOnlyList<string>> { ["idPrefix"] = ["xccdf_org.ssgproject.content_rule_"], ["shortFixes"] = shortFixes },
            },
            Target = _target.Description,
            Facts = new HostFacts
            {
                OsId = "debian", OsVersion = "12", OsName = "Debian", Architecture = "x86_64", Kernel = "1", BootId = "b", Virtualization = "none",
                FreeBytes = 1, TotalBytes = 1, Clock = DateTimeOffset.UnixEpoch, Processors = 1,
            },
            Parameters = new Dictionary<string, string> { ["profile"] = Fixtures.Level2, ["content"] = Fixtures.Content("debian12") },
            Blobs = new MemoryBlobs(),
            CacheFolder = _folder.File("cache"),
            RemoteFolder = _folder.File("remote"),
        };
        // A run's session keeps its content with its settings.
        var engine = new XccdfEngine();
        await engine.Scanner.FindMissingAsync(session, _target, Token);
        var finding = new Finding { Id = rule, Target = "here", Skill = "any", Title = rule };
        return (ScriptAction?)await engine.FixSources[0].ProposeAsync(new FixRequest(session, finding, failures.Length + 1, failures), Token);
    }
}
