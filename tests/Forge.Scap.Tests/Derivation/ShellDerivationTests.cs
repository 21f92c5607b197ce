using Forge.Scap.Derivation;

namespace Forge.Scap.Tests.Derivation;

public sealed class ShellDerivationTests
{
    [Theory]
    [InlineData("if ! rpm -q --quiet \"aide\" ; then\n    dnf install -y \"aide\"\nfi", """{"action":"package","name":"aide","state":"present"}""")]
    [InlineData("DEBIAN_FRONTEND=noninteractive apt-get install -y aide", """{"action":"package","name":"aide","state":"present"}""")]
    [InlineData("# CAUTION\nif rpm -q --quiet nis ; then\nyum remove -y nis\nfi", """{"action":"package","name":"nis","state":"absent"}""")]
    [InlineData("systemctl mask --now debug-shell.service", """{"action":"service","name":"debug-shell","state":"masked"}""")]
    [InlineData("echo \"install udf /bin/false\" >> /etc/modprobe.d/udf.conf\necho \"blacklist udf\" >> /etc/modprobe.d/udf.conf", """{"action":"kernel-module","name":"udf","state":"disabled"}""")]
    public void One_plain_change_is_one_action(string script, string action) => Assert.Equal(action, ShellDerivation.Derive(script).Action?.GetRawText());

    [Theory]
    [InlineData("dnf install -y aide\nrm -rf /x")]
    [InlineData("dnf install -y aide\necho x >> /etc/x")]
    [InlineData("dnf install -y aide; reboot")]
    [InlineData("if true; then rm /x; fi\ndnf install -y aide")]
    [InlineData("systemctl enable a\nsystemctl enable b")]
    [InlineData("echo \"install udf /bin/false\" >> /etc/modprobe.d/udf.conf\nrm /x")]
    [InlineData("apt-get install -y \"$package\"")]
    [InlineData("")]
    public void What_is_more_is_none(string script)
    {
        var derived = ShellDerivation.Derive(script);

        Assert.Null(derived.Action);
        Assert.NotEmpty(derived.Why);
    }
}
