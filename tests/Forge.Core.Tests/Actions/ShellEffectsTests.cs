using Forge.Core.Actions.Shell;
using Forge.Core.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Actions;

public class ShellEffectsTests
{
    [Fact]
    public void Packages_are_recognised_with_what_is_done_to_them()
    {
        var effects = ShellEffectsReader.Read("DEBIAN_FRONTEND=noninteractive apt-get install -y \"auditd\"\nif true; then apt-get purge -y 'telnet'; fi");

        Assert.Contains(new Resource(ResourceKind.Package, "auditd"), effects.Resources);
        Assert.Contains(new Resource(ResourceKind.Package, "telnet"), effects.Resources);
        Assert.Equal(["telnet"], effects.RemovedPackages);
    }

    [Fact]
    public void What_a_tool_writes_without_naming_it_is_known() =>
        Assert.Contains(new Resource(ResourceKind.File, "/var/lib/aide"), ShellEffectsReader.Read("/usr/sbin/aideinit -y -f").Resources);

    [Fact]
    public void A_command_behind_a_variable_is_the_command_itself()
    {
        var effects = ShellEffectsReader.Read("""
            SYSTEMCTL_EXEC='/usr/bin/systemctl'
            if [[ $("$SYSTEMCTL_EXEC" is-system-running) != "offline" ]]; then
              "$SYSTEMCTL_EXEC" stop 'avahi-daemon.service'
            fi
            "$SYSTEMCTL_EXEC" mask 'avahi-daemon.service'
            """);

        Assert.Contains(new Resource(ResourceKind.Service, "avahi-daemon.service"), effects.Resources);
        Assert.Contains("avahi-daemon.service", effects.StoppedServices);
        Assert.True(effects.TouchesServices);
    }

    [Fact]
    public void A_variable_with_two_values_is_not_guessed()
    {
        var effects = ShellEffectsReader.Read("P=/etc/a\nP=/etc/b\nrm -r \"$P\"");

        Assert.NotEmpty(effects.Irreversible);
        Assert.DoesNotContain(effects.Resources, r => r.Name is "/etc/b");
    }

    [Fact]
    public void A_file_that_is_written_only_by_a_redirection_is_touched()
    {
        var effects = ShellEffectsReader.Read("printf '%s\\n' x > /etc/ssh/sshd_config 2>/dev/null");

        Assert.Contains(new Resource(ResourceKind.File, "/etc/ssh/sshd_config"), effects.Resources);
        Assert.DoesNotContain(effects.Resources, r => r.Name == "/dev/null");
    }

    [Fact]
    public void What_stands_in_a_here_document_or_a_comment_is_no_command()
    {
        var effects = ShellEffectsReader.Read("cat <<'EOF' > /etc/motd\nmkfs.ext4 /dev/sda\nEOF\n# userdel root\n");

        Assert.Empty(effects.Irreversible);
        Assert.Contains(new Resource(ResourceKind.File, "/etc/motd"), effects.Resources);
    }

    [Theory]
    [InlineData("chage -M 365 bob", "bob")]
    [InlineData("usermod -L bob", "bob")]
    [InlineData("for i in $users; do chage -M 365 $i; done", null)]
    public void The_account_that_a_tool_changes_is_named(string script, string? account)
    {
        var resources = ShellEffectsReader.Read(script).Resources;

        Assert.Equal(account, resources.SingleOrDefault(r => r.Kind == ResourceKind.Account)?.Name);
        Assert.Contains(new Resource(ResourceKind.File, "/etc/shadow"), resources);
    }

    [Theory]
    [InlineData("echo $(mkfs.ext4 /dev/vdb)")]
    [InlineData("sfdisk -q --append /dev/vdb")]
    [InlineData("echo `userdel bob`")]
    [InlineData("echo \"x $(wipefs -a /dev/vdb)\"")]
    [InlineData("dd if=/dev/zero of=/dev/vda")]
    [InlineData("rm -rf /etc")]
    [InlineData("rm -rf \"$UNKNOWN/\"")]
    public void What_cannot_be_taken_back_is_found_in_every_corner(string script) => Assert.NotEmpty(ShellEffectsReader.Read(script).Irreversible);

    [Theory]
    [InlineData("rm -f /etc/foo.conf")]
    [InlineData("dd if=/dev/zero of=/tmp/x count=1")]
    [InlineData("echo 'mkfs.ext4 /dev/vda'")]
    [InlineData("sfdisk -q -d /dev/vdb")]
    [InlineData("grep -q userdel /etc/passwd")]
    public void What_only_looks_dangerous_is_not_called_irreversible(string script) => Assert.Empty(ShellEffectsReader.Read(script).Irreversible);

    [Theory]
    [InlineData("echo 'open")]
    [InlineData("echo \"open")]
    [InlineData("echo $(open")]
    [InlineData("cat <<EOF\nno end")]
    public void A_script_that_does_not_end_is_not_parsed(string script) => Assert.False(ShellEffectsReader.Read(script).Parsed);

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        Prop.ForAll<string?>(text => ShellEffectsReader.Read(text ?? "") is not null).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => ShellEffectsReader.Read(Shuffled(seed)) is not null).QuickCheckThrowOnFailure();
    }

    /// <summary>Text of the pieces that shell syntax is made of, in any order.</summary>
    private static string Shuffled(int seed)
    {
        string[] pieces = ["'", "\"", "$(", ")", "`", "${", "}", "<<E\n", "E\n", "\n", ";", "x=1", "$x", "\\", "(", "a", " ", ">", "<(", "|", "&&", "#"];
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, 40).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
