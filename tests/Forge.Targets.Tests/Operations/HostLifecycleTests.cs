using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Core.Targets;
using Forge.Targets.Facts;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Operations;

public sealed class HostLifecycleTests(LabHost lab) : IClassFixture<LabHost>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_noticed_before_anything_is_run_and_room_is_kept_for_the_undo()
    {
        // A small file system of its own stands in for the full disk.
        await lab.Host.RemoveAsync(Now);
        await lab.InsideAsync("mkdir -p /var/lib/forge && mount -t tmpfs -o size=80m,mode=700 tmpfs /var/lib/forge");
        try
        {
            var epoch = await lab.Host.ClaimAsync(null, "disk", Now);
            var filling = lab.Operation("head -c 200000000 /dev/zero >/var/lib/forge/filler; echo '# x' >>/etc/issue", "fill") with { Epoch = epoch };
            var status = await lab.Host.ExecuteAsync(filling, Now);
            Assert.Equal(OperationState.Completed, status.State);
            Assert.Contains("/etc/issue", status.Changes.Files);
            await lab.InsideAsync("head -c 200000000 /dev/zero >>/var/lib/forge/filler");
            var error = await Assert.ThrowsAsync<ForgeException>(() => lab.Host.ExecuteAsync(lab.Operation("touch /root/ran; echo y >/etc/y", "full") with { Epoch = epoch }, Now));
            Assert.Equal("HostJournalFailed", error.Id);
            Assert.Equal("", await lab.InsideAsync("ls /root/ran /etc/y 2>/dev/null"));
            await lab.InsideAsync("rm /var/lib/forge/filler");
            Assert.True((await lab.Host.UndoAsync(filling.Id, epoch, Now)).Restored);
            Assert.True((await lab.Host.ExecuteAsync(lab.Operation("touch /root/ran; echo y >/etc/y", "full") with { Epoch = epoch }, Now)).Succeeded);
        }
        finally
        {
            await lab.InsideAsync("umount /var/lib/forge; rm -rf /var/lib/forge /etc/y");
        }
    }

    [Fact]
    public async Task Removal_leaves_nothing_behind()
    {
        await lab.Host.RemoveAsync(Now);
        const string Digest = "{ find / -xdev \\( -path /proc -o -path /run -o -path /tmp -o -path /var/log -o -path /home/forge/.cache \\) -prune -o -not -type d -printf '%p %m %U %s\\n' | sort; } 2>/dev/null";
        var before = await lab.InsideAsync(Digest);
        var epoch = await lab.Host.ClaimAsync(null, "removal", Now);
        var operation = lab.Operation("echo x >/etc/removal", "removal") with { Epoch = epoch, DeadMan = TimeSpan.FromSeconds(100) };
        await lab.Host.ExecuteAsync(operation, Now);
        Assert.True((await lab.Host.UndoAsync(operation.Id, epoch, Now)).Restored);
        await lab.Host.RemoveAsync(Now);
        Assert.Equal(before, await lab.InsideAsync(Digest));
        await lab.Host.RemoveAsync(Now);
        Assert.Equal(OperationState.Absent, (await lab.Host.QueryAsync(operation.Id, Now)).State);
    }

    [Fact]
    public async Task A_lost_connection_is_not_taken_for_a_refusing_sudo()
    {
        var folder = Directory.CreateTempSubdirectory("forge-run-").FullName;
        await using var connection = await new TargetConnector(lab.Options with { RuntimeFolder = folder }).ConnectAsync(lab.Description, ConnectionRole.Verifier, Now);
        var request = new CommandRequest { Script = "id -u", Elevation = Elevation.Sudo };
        Assert.Equal("0\n", (await connection.RunAsync(request, Now)).Output);
        foreach (var client in Process.GetProcessesByName("ssh").Where(p => Probe.Arguments(p).Contains(folder, StringComparison.Ordinal)))
        {
            client.Kill();
            await client.WaitForExitAsync(Now);
        }

        Assert.True((await connection.RunAsync(request, Now)).ConnectionLost);
    }

    [Fact]
    public async Task Sudo_with_a_password_works_and_a_wrong_one_is_tried_once()
    {
        await lab.InsideAsync("sed -i 's/NOPASSWD://' /etc/sudoers /etc/sudoers.d/*; echo 'Defaults use_pty' >/etc/sudoers.d/pty; : >/var/log/auth.log");
        await using var connection = await lab.ConnectAsync();
        var request = new CommandRequest { Script = "id -u; cat; read -r x || echo eof; exit 9", Elevation = Elevation.Sudo };
        for (var n = 0; n < 3; n++)
        {
            var result = await connection.RunAsync(request, Now);
            Assert.Equal("0\neof\n", result.Output);
            Assert.Equal(9, result.ExitCode);
            Assert.Equal("", result.Error);
        }

        var data = new CommandRequest { Script = "cat >/root/given", StandardInput = new byte[] { 1, 0, 2, 10 }, Elevation = Elevation.Sudo };
        Assert.True((await connection.RunAsync(data, Now)).Succeeded);
        Assert.Equal("01 00 02 0a\n", await lab.InsideAsync("od -An -tx1 /root/given | cut -c2-"));
        Assert.DoesNotContain((await File.ReadAllLinesAsync(lab.Description.SudoPasswordFile!, Now))[0], await lab.InsideAsync("journalctl -q --no-pager; cat /var/log/auth.log"), StringComparison.Ordinal);
        var slow = await connection.RunAsync(request with { Script = "echo begun; sleep 31999", Timeout = TimeSpan.FromSeconds(1) }, Now);
        Assert.True(slow.TimedOut);
        Assert.Equal("", await lab.InsideAsync("sleep 3; pgrep -f 'sleep 31999$'"));
        await lab.InsideAsync("rm -rf /run/sudo/ts /var/lib/sudo/ts");
        var wrong = Path.Combine(Directory.CreateTempSubdirectory("forge-pw-").FullName, "wrong");
        await File.WriteAllTextAsync(wrong, "not the password\n", Now);
        File.SetUnixFileMode(wrong, UnixFileMode.UserRead);
        var refused = new TargetConnector(lab.Options).ConnectAsync(lab.Description with { SudoPasswordFile = wrong }, ConnectionRole.Fixer, Now);
        await using var other = await refused;
        Assert.Equal("TargetSudoFailed", (await Assert.ThrowsAsync<ForgeException>(() => other.RunAsync(request, Now))).Id);
        await lab.InsideAsync("rm -f /etc/sudoers.d/pty");
    }

    [Fact]
    public async Task Facts_are_those_of_the_machine()
    {
        var facts = await new HostFactsReader().ReadAsync(lab.Target, Now);
        Assert.Equal("debian-12-x86_64", facts.Platform);
        Assert.Equal("systemd-nspawn", facts.Virtualization);
        Assert.Equal("Debian GNU/Linux 12 (bookworm)", facts.OsName);
        Assert.InRange((facts.Clock - DateTimeOffset.UtcNow).TotalSeconds, -5, 5);
        Assert.InRange(facts.FreeBytes, 1, facts.TotalBytes);
    }
}
