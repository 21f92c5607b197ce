using System.Text.Json;
using Forge.Core.Proposals;

namespace Forge.Core.Tests.Proposals;

public class TextNamesTests
{
    private static readonly RuleText Text = new(
        "Disable 'snmpd' Service", "The snmpd.service can be disabled. Set net.ipv4.ip_forward=0 in /etc/sysctl.d/10-x.conf, chmod 640 /etc/snmp/snmpd.conf; -rw------- root shadow", ["openssh-server"]);

    [Theory]
    [InlineData("""{"action":"service","name":"snmpd","state":"masked"}""", null)]
    [InlineData("""{"action":"service","name":"snmpd.service","state":"masked"}""", null)]
    [InlineData("""{"action":"service","name":"snmp","state":"masked"}""", null)]
    [InlineData("""{"action":"service","name":"nmpd","state":"masked"}""", "nmpd")]
    [InlineData("""{"action":"package","name":"openssh-server","state":"absent"}""", null)]
    [InlineData("""{"action":"package","name":"openssh-serve","state":"absent"}""", "openssh-serve")]
    [InlineData("""{"action":"sysctl","key":"net.ipv4.ip_forward","value":"0"}""", null)]
    [InlineData("""{"action":"sysctl","key":"net.ipv4.ip_forward","value":"1"}""", "1")]
    [InlineData("""{"action":"set-mode","path":"/etc/snmp/snmpd.conf","mode":"0640"}""", null)]
    [InlineData("""{"action":"set-mode","path":"/etc/snmp/snmpd.conf","mode":"0600"}""", null)]
    [InlineData("""{"action":"set-mode","path":"/etc/snmp/snmpd.conf","mode":"0644"}""", "0644")]
    [InlineData("""{"action":"set-mode","path":"/etc/snmp/snmpd.conf.conf","mode":"0640"}""", "/etc/snmp/snmpd.conf.conf")]
    public void A_name_that_is_nearly_right_is_found(string proposal, string? missing) =>
        Assert.Equal(missing, TextNames.FirstMissing(JsonSerializer.Deserialize<JsonElement>(proposal), Text));

    [Fact]
    public void Words_come_with_and_without_what_stands_around_them()
    {
        var words = TextNames.WordsOf(Text);
        Assert.Superset(new HashSet<string> { "snmpd", "snmpd.service", "net.ipv4.ip_forward", "0", "/etc/sysctl.d/10-x.conf", "640", "/etc/snmp/snmpd.conf", "root", "shadow", "openssh-server" }, words.ToHashSet());
        Assert.DoesNotContain("", words);
    }

    [Fact]
    public void A_huge_text_is_read_in_bounded_time()
    {
        var huge = new RuleText("t", string.Concat(Enumerable.Repeat("a='b'=\"c\":d ", 100_000)), []);
        var start = DateTime.UtcNow;
        Assert.NotEmpty(TextNames.WordsOf(huge));
        Assert.InRange(DateTime.UtcNow - start, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
