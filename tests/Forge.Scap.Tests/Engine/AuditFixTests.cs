using System.Diagnostics;
using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Policy;
using Forge.Scap.Content;
using Forge.Scap.Derivation;
using Forge.Scap.Engine;
using Forge.Scap.Profiles;
using Forge.Scap.Remediation;

namespace Forge.Scap.Tests.Engine;

public sealed class AuditFixTests : IDisposable
{
    private const string Chmod = "-a always,exit -F arch=b64 -S chmod -F auid>=1000 -F auid!=unset -F key=perm_mod";
    private const string Group = "-w /etc/group -p wa -k audit_rules_usergroup_modification";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_rules_are_added_once_to_the_file_of_their_key()
    {
        var script = AuditFix.Of(Of(Chmod, Group))!;
        File.WriteAllText(_folder.File("perm_mod.rules"), "# ours, without an end of line");

        Assert.Equal(0, Run(script));
        Assert.Equal(0, Run(script));

        Assert.Equal($"# ours, without an end of line\n{Chmod}\n", File.ReadAllText(_folder.File("perm_mod.rules")));
        Assert.Equal($"{Group}\n", File.ReadAllText(_folder.File("audit_rules_usergroup_modification.rules")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_folder.File("audit_rules_usergroup_modification.rules")).UnixFileMode);
    }

    [Fact]
    public void A_rule_that_stands_in_another_file_is_not_added()
    {
        File.WriteAllText(_folder.File("10-site.rules"), $"{Group}\n");

        Assert.Equal(0, Run(AuditFix.Of(Of(Group))!));

        Assert.Equal([_folder.File("10-site.rules")], Directory.EnumerateFiles(_folder.File("")));
    }

    [Fact]
    public void System_calls_of_one_key_share_a_rule()
    {
        var fchmod = Chmod.Replace("chmod", "fchmod", StringComparison.Ordinal);
        var other = Chmod.Replace("b64", "b32", StringComparison.Ordinal);
        foreach (var rule in new[] { Chmod, fchmod, other, Chmod, fchmod })
        {
            Assert.Equal(0, Run(AuditFix.Of(Of(rule))!));
        }

        Assert.Equal($"{Chmod.Replace("chmod", "chmod,fchmod", StringComparison.Ordinal)}\n{other}\n", File.ReadAllText(_folder.File("perm_mod.rules")));
    }

    [Fact]
    public void A_rule_with_other_fields_is_its_own()
    {
        var file = _folder.File("perm_mod.rules");
        var foreign = "-a always,exit -F arch=b64 -S chown -F auid=0 -F key=perm_mod";
        File.WriteAllText(file, $"{foreign}\n");

        Assert.Equal(0, Run(AuditFix.Of(Of(Chmod))!));

        Assert.Equal($"{foreign}\n{Chmod}\n", File.ReadAllText(file));
    }

    [Fact]
    public void Without_the_audit_daemon_it_fails() => Assert.Equal(1, Run(AuditFix.Of(Of(Group))!.Replace("rules.d", "rules.d/nowhere", StringComparison.Ordinal)));

    [Fact]
    public void It_is_known_what_it_does()
    {
        var script = AuditFix.Of(Of(Chmod, Group))!;
        var action = new ScriptAction { Arm = "content", Summary = "s", Script = script, Interpreter = "/bin/sh", Resources = ShellEffectsReader.Read(script).Resources };

        Assert.Equal(ActionRisk.Reversible, RiskClassifier.Assess(action).Risk);
        Assert.Contains(action.Resources, r => r.Name == "/etc/audit/rules.d/perm_mod.rules");
    }

    [Theory]
    [InlineData("""{"action":"package","name":"aide","state":"present"}""")]
    [InlineData("""{"action":"audit-rule","rule":"-w /etc/group -p wa"}""")]
    [InlineData("""{"action":"audit-rule","rule":"-w /etc/group -p wa -k ../x"}""")]
    public void Anything_else_has_no_short_form(string action) => Assert.Null(AuditFix.Of(new DerivedAction(Json(action), "")));

    [Fact]
    public void What_comes_down_to_nothing_has_no_short_form() => Assert.Null(AuditFix.Of(DerivedAction.None("no fix")));

    [Theory]
    [InlineData("debian12", "cis_level2_server", 40)]
    [InlineData("rhel9", "cis", 40)]
    public void Most_audit_rules_of_the_content_have_one(string product, string profile, int atLeast)
    {
        var resolved = ProfileResolver.Resolve(DataStreamReader.Read(Fixtures.Content(product)), profile);

        var forms = resolved.Rules
            .Select(r => AuditFix.Of(ActionDerivation.Derive(resolved, r.Rule), FixRenderer.Render(resolved, r.Rule, FixRenderer.ShellSystem)?.Script)).OfType<string>().ToList();

        Assert.InRange(forms.Count, atLeast, resolved.Rules.Count);
        Assert.All(forms, f => Assert.Equal(0, Run(f)));
    }

    private static DerivedAction Of(params string[] rules) =>
        new(null, "") { Several = [.. rules.Select(r => Json(System.Text.Json.JsonSerializer.Serialize(new { action = "audit-rule", rule = r })))] };

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement.Clone();

    // The script as it is, but for the folder.
    private int Run(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script.Replace("/etc/audit/rules.d", _folder.File("").TrimEnd('/'), StringComparison.Ordinal)]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
