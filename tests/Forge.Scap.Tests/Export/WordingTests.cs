using System.Text.Json;
using Forge.Scap.Export;

namespace Forge.Scap.Tests.Export;

public sealed class WordingTests
{
    [Theory]
    [InlineData("Set minlen = 15 in /etc/security/pwquality.conf.", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"minlen","value":"15"}""", "")]
    [InlineData("Set minlen to 150 in /etc/security/pwquality.conf.d/x", """{"action":"set-config","format":"key=value","file":"/etc/security/pwquality.conf","key":"minlen","value":"15"}""", "file value")]
    [InlineData("chmod 600 /etc/cron.d/", """{"action":"set-mode","path":"/etc/cron.d","mode":"0600"}""", "")]
    [InlineData("chmod 640 /etc/cron.daily", """{"action":"set-mode","path":"/etc/cron.d","mode":"0600","owner":"root"}""", "path mode owner")]
    [InlineData("systemctl mask CUPS.service", """{"action":"service","name":"cups","state":"masked"}""", "")]
    [InlineData("systemctl mask cups.socket", """{"action":"service","name":"cups","state":"masked"}""", "name")]
    [InlineData("add\n-w  /etc/group -p wa -k identity", """{"action":"audit-rule","rule":"-w /etc/group -p wa -k identity"}""", "")]
    [InlineData("", """{"action":"package","name":"aide","state":"present"}""", "name")]
    public void What_a_text_does_not_say_is_named(string text, string action, string unsaid) =>
        Assert.Equal(unsaid, string.Join(' ', Wording.Unsaid(text, JsonDocument.Parse(action).RootElement)));
}
