using System.Text.Json;
using Forge.Core.Actions;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Policy;

namespace Forge.Core.Tests.Actions.Typed;

public class ActionCatalogTests
{
    private static readonly string[] Keywords =
        ["type", "properties", "required", "additionalProperties", "enum", "const", "pattern", "maxLength", "minimum", "maximum", "oneOf", "items", "maxItems"];

    [Theory]
    [MemberData(nameof(Proposals.All), MemberType = typeof(Proposals))]
    public void A_proposal_is_read_and_written_back_as_it_was(string json)
    {
        var action = Proposals.Parse(json);

        var back = action.ToProposal();
        Assert.Equal(action, ActionCatalog.Default.Parse(back, "model"));
        foreach (var field in JsonDocument.Parse(json).RootElement.EnumerateObject())
        {
            Assert.Equal(field.Value.GetString(), back.GetProperty(field.Name).GetString());
        }

        Assert.Equal("model", action.Arm);
        Assert.NotEmpty(action.Summary);
        Assert.True(action.ExitCodeCounts);
    }

    [Fact]
    public void Every_type_and_format_has_a_proposal_here()
    {
        var given = Proposals.Good.Select(p => Proposals.Parse(p)).Select(a => (a.Kind, a.Format)).Distinct().ToList();

        Assert.Equal(ActionCatalog.Default.Types.SelectMany(t => t.Formats.Count == 0 ? [(t.Name, null)] : t.Formats.Keys.Select(f => (t.Name, (string?)f))).Order(), given.Order());
    }

    [Theory]
    [InlineData("""[]""", "action")]
    [InlineData("""{}""", "action")]
    [InlineData("""{"action":1}""", "action")]
    [InlineData("""{"action":"format-disk"}""", "action")]
    [InlineData("""{"action":"set-config","key":"a","value":"b"}""", "format")]
    [InlineData("""{"action":"set-config","format":"toml","key":"a","value":"b"}""", "format")]
    [InlineData("""{"action":"package","name":"a"}""", "state")]
    [InlineData("""{"action":"package","name":"a","state":"gone"}""", "state")]
    [InlineData("""{"action":"package","name":"a","state":"present","force":"yes"}""", "force")]
    [InlineData("""{"action":"package","name":"a","name":"b","state":"present"}""", "name")]
    [InlineData("""{"action":"package","name":7,"state":"present"}""", "name")]
    [InlineData("""{"action":"package","name":"--force-yes","state":"present"}""", "name")]
    [InlineData("""{"action":"package","name":"a b","state":"present"}""", "name")]
    [InlineData("""{"action":"package","name":"a\n","state":"present"}""", "name")]
    [InlineData("""{"action":"package","name":"*","state":"absent"}""", "name")]
    [InlineData("""{"action":"package","name":"\u0430uditd","state":"absent"}""", "name")]
    [InlineData("""{"action":"service","name":"-H","state":"masked"}""", "name")]
    [InlineData("""{"action":"write-file","path":"/etc/../root/x","content":""}""", "path")]
    [InlineData("""{"action":"write-file","path":"/etc//x","content":""}""", "path")]
    [InlineData("""{"action":"write-file","path":"etc/x","content":""}""", "path")]
    [InlineData("""{"action":"write-file","path":"/etc/x\u0000y","content":""}""", "path")]
    [InlineData("""{"action":"write-file","path":"/etc/x","content":"a\u202eb"}""", "content")]
    [InlineData("""{"action":"write-file","path":"/etc/x","content":"a\u0007b"}""", "content")]
    [InlineData("""{"action":"write-file","path":"/etc/x","content":"a\ud800"}""", "content")]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"0777"}""", "mode")]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"4755"}""", "mode")]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"7"}""", "mode")]
    [InlineData("""{"action":"set-mode","path":"/etc/*","mode":"600"}""", "path")]
    [InlineData("""{"action":"set-mode","path":"/etc/x"}""", "mode")]
    [InlineData("""{"action":"set-mode","path":"/etc/x","owner":"0"}""", "owner")]
    [InlineData("""{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"4\nPermitRootLogin yes"}""", "value")]
    [InlineData("""{"action":"set-config","format":"sshd","key":"Match","value":"all"}""", "key")]
    [InlineData("""{"action":"set-config","format":"sshd","key":"Include","value":"/tmp/x"}""", "key")]
    [InlineData("""{"action":"set-config","format":"sshd","key":"Banner","value":"none # x"}""", "value")]
    [InlineData("""{"action":"set-config","format":"key=value","file":"/etc/x","key":"a","value":" b"}""", "value")]
    [InlineData("""{"action":"set-config","format":"modprobe","file":"/etc/modprobe.d/x.conf","directive":"install","module":"m","value":"/bin/sh -c x"}""", "value")]
    [InlineData("""{"action":"set-config","format":"modprobe","file":"/etc/cron.d/x","directive":"blacklist","module":"m"}""", "file")]
    [InlineData("""{"action":"set-config","format":"sysctl","file":"/etc/passwd","key":"a.b","value":"1"}""", "file")]
    [InlineData("""{"action":"set-config","format":"systemd-drop-in","unit":"cron","section":"Service","key":"ExecStartPre","value":"/bin/x"}""", "key")]
    [InlineData("""{"action":"set-config","format":"pam","service":"..","type":"auth","control":"required","module":"pam_unix.so"}""", "service")]
    [InlineData("""{"action":"set-config","format":"pam","service":"su","type":"auth","control":"include","module":"pam_unix.so"}""", "control")]
    [InlineData("""{"action":"sysctl","key":"kernel.core_pattern","value":"|/tmp/x"}""", "value")]
    [InlineData("""{"action":"sysctl","key":"kernel..x","value":"1"}""", "key")]
    [InlineData("""{"action":"audit-rule","rule":"-D"}""", "rule")]
    [InlineData("""{"action":"audit-rule","rule":"-e 2"}""", "rule")]
    [InlineData("""{"action":"audit-rule","rule":"-w /etc/x -p z"}""", "rule")]
    [InlineData("""{"action":"audit-rule","rule":"-w /etc/x -a never,task"}""", "rule")]
    [InlineData("""{"action":"user","name":"games","property":"shell","value":"sh"}""", "value")]
    [InlineData("""{"action":"user","name":"games","property":"max-days","value":"+5"}""", "value")]
    [InlineData("""{"action":"user","name":"-R","property":"max-days","value":"5"}""", "name")]
    [InlineData("""{"action":"mount-option","point":"/tmp","option":"nodev,exec"}""", "option")]
    public void What_cannot_be_used_is_named_with_its_key(string json, string key)
    {
        var error = Assert.Throws<ForgeException>(() => Proposals.Parse(json));

        Assert.Equal("ActionInvalid", error.Id);
        Assert.Contains($": {key} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_too_long_to_be_refused()
    {
        var error = Assert.Throws<ForgeException>(() => Proposals.Parse($$"""{"action":"write-file","path":"/etc/x","content":"{{new string('a', 20000)}}"}"""));

        Assert.Contains("content is longer than 16000 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_are_strict_flat_and_tell_their_type_first()
    {
        var schema = ActionCatalog.Default.SchemaFor(ActionCatalog.Default.Types.Select(t => t.Name));

        Assert.Equal("object", schema.GetProperty("type").GetString());
        foreach (var branch in schema.GetProperty("oneOf").EnumerateArray())
        {
            var properties = branch.GetProperty("properties").EnumerateObject().ToList();
            Assert.Equal("action", properties[0].Name);
            Assert.True(properties[0].Value.TryGetProperty("const", out _));
            Assert.False(branch.GetProperty("additionalProperties").GetBoolean());
            Assert.Equal("action", branch.GetProperty("required")[0].GetString());
            Assert.All(branch.EnumerateObject().Concat(properties.SelectMany(p => p.Value.EnumerateObject())), k => Assert.Contains(k.Name, Keywords));
            Assert.All(properties, p => Assert.True(p.Value.TryGetProperty("const", out _) || p.Value.TryGetProperty("enum", out _) || p.Value.TryGetProperty("maxLength", out _)));
        }
    }

    [Fact]
    public void A_schema_holds_what_was_asked_for_once()
    {
        var schema = ActionCatalog.Default.SchemaFor(["service", "set-config:sshd", "service", "set-config:pam"]);

        Assert.Equal(3, schema.GetProperty("oneOf").GetArrayLength());
        Assert.Equal("ActionUnknown", Assert.Throws<ForgeException>(() => ActionCatalog.Default.SchemaFor(["service", "set-config:toml"])).Id);
        Assert.Equal("ActionUnknown", Assert.Throws<ForgeException>(() => ActionCatalog.Default.SchemaFor([])).Id);
    }

    [Theory]
    [InlineData("""{"action":"package","name":"tree","state":"present"}""", ActionRisk.ServiceAffecting)]
    [InlineData("""{"action":"package","name":"openssh-server","state":"latest"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"service","name":"cron","state":"enabled"}""", ActionRisk.ServiceAffecting)]
    [InlineData("""{"action":"service","name":"ssh.service","state":"enabled"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"set-config","format":"sshd","key":"MaxAuthTries","value":"4"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"set-config","format":"key=value","file":"/etc/x.conf","key":"a","value":"b"}""", ActionRisk.Reversible)]
    [InlineData("""{"action":"set-config","format":"key=value","file":"/etc/security/faillock.conf","key":"a","value":"b"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"a","value":"b"}""", ActionRisk.Reversible)]
    [InlineData("""{"action":"set-config","format":"login.defs","key":"UMASK","value":"027"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"write-file","path":"/etc/sudoers.d/x","content":""}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"write-file","path":"/etc/issue","content":""}""", ActionRisk.Reversible)]
    [InlineData("""{"action":"set-mode","path":"/boot","mode":"700"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"mount-option","point":"/tmp","option":"nodev"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"sysctl","key":"net.ipv4.ip_forward","value":"0"}""", ActionRisk.Reversible)]
    [InlineData("""{"action":"sysctl","key":"net.ipv6.conf.all.disable_ipv6","value":"1"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"sysctl","key":"kernel/modules_disabled","value":"1"}""", ActionRisk.Irreversible)]
    [InlineData("""{"action":"user","name":"games","property":"locked","value":"yes"}""", ActionRisk.LockoutCapable)]
    [InlineData("""{"action":"run-script","script":"true"}""", ActionRisk.Irreversible)]
    public void The_class_follows_from_the_fields(string json, ActionRisk expected) => Assert.Equal(expected, RiskClassifier.Assess(Proposals.Parse(json)).Risk);

    [Fact]
    public void Resources_that_were_set_from_outside_do_not_count()
    {
        var action = Proposals.Parse("""{"action":"service","name":"ssh","state":"enabled"}""") with { Resources = [], Summary = "harmless" };

        Assert.Equal(ActionRisk.LockoutCapable, RiskClassifier.Assess(action).Risk);
    }
}
