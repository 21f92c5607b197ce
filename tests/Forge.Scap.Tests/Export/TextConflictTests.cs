using System.Text.Json;
using Forge.Scap.Export;

namespace Forge.Scap.Tests.Export;

public sealed class TextConflictTests
{
    [Theory]
    [InlineData("run: $ sudo chmod 600 /boot/user.cfg", """{"action":"set-mode","path":"/boot/user.cfg","mode":"0600"}""", null)]
    [InlineData("run: $ sudo chmod 600 /boot/user.cfg", """{"action":"set-mode","path":"/boot/user.cfg","mode":"0700"}""", "the text says chmod 600, the fix 0700")]
    [InlineData("run: $ sudo chmod 600 /boot/other.cfg", """{"action":"set-mode","path":"/boot/user.cfg","mode":"0700"}""", null)]
    [InlineData("run: $ sudo chgrp shadow /etc/gshadow-", """{"action":"set-mode","path":"/etc/gshadow-","group":"root"}""", "the text says chgrp shadow, the fix root")]
    [InlineData("chown syslog /var/log/x\nor\nchown root /var/log/x", """{"action":"set-mode","path":"/var/log/x","owner":"root"}""", null)]
    [InlineData("chmod 700 /etc/cron.d/", """{"action":"set-mode","path":"/etc/cron.d","mode":"0700"}""", null)]
    [InlineData("$ sudo apt-get remove gdm3.", """{"action":"package","name":"gdm","state":"absent"}""", "the text says gdm3, the fix gdm")]
    [InlineData("$ sudo yum install aide", """{"action":"package","name":"aide","state":"present"}""", null)]
    [InlineData("$ sudo systemctl mask --now telnet.socket", """{"action":"service","name":"telnet","state":"masked"}""", "the text says telnet.socket, the fix telnet")]
    [InlineData("$ sudo systemctl enable auditd.service", """{"action":"service","name":"auditd","state":"enabled"}""", null)]
    [InlineData("chmod 700 /etc/cron.d/", """{"action":"package","name":"cron","state":"present"}""", null)]
    public void A_label_that_its_own_text_denies_is_found(string text, string action, string? conflict) =>
        Assert.Equal(conflict, TextConflict.Find(text, JsonDocument.Parse(action).RootElement));
}
