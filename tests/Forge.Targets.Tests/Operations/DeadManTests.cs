using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Targets.Tests.Operations;

public sealed class DeadManTests(LabHost lab) : IClassFixture<LabHost>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_undoes_unless_disarmed()
    {
        var operation = Armed("echo x >/etc/armed", "fires");
        Assert.Equal(OperationState.Completed, (await lab.Host.ExecuteAsync(operation, Now)).State);
        Assert.Equal("x\n", await lab.InsideAsync("cat /etc/armed"));
        await Until(async () => (await lab.Host.QueryAsync(operation.Id, Now)).State == OperationState.Undone);
        Assert.Equal("", await lab.InsideAsync("cat /etc/armed 2>/dev/null; ls /etc/systemd/system | grep forge"));
    }

    [Fact]
    public async Task A_disarmed_one_stays()
    {
        var operation = Armed("echo x >/etc/disarmed", "disarmed");
        await lab.Host.ExecuteAsync(operation, Now);
        Assert.Equal("forge-deadman.service\n", await lab.InsideAsync("ls /etc/systemd/system | grep forge"));
        await lab.Host.DisarmAsync(operation.Id, Now);
        await Until(async () => await lab.InsideAsync($"pgrep -f '_watch {operation.Id.Value}'") == "");
        Assert.Equal(OperationState.Completed, (await lab.Host.QueryAsync(operation.Id, Now)).State);
        Assert.Equal("x\n", await lab.InsideAsync("cat /etc/disarmed; ls /etc/systemd/system | grep forge"));
    }

    [Fact]
    public async Task It_undoes_a_broken_sudo_and_a_stopped_ssh()
    {
        var operation = Armed("chmod 000 /etc/sudoers; echo 'forge ALL=(ALL) !ALL' >/etc/sudoers.d/zzz; systemctl stop ssh", "lockout");
        await lab.Host.ExecuteAsync(operation, Now);
        var broken = await Assert.ThrowsAsync<ForgeException>(() => lab.Host.QueryAsync(operation.Id, Now));
        Assert.Equal("TargetSudoFailed", broken.Id);
        await Until(async () => await lab.InsideAsync($"ls /var/lib/forge/ops/{operation.Id.Value} | grep -x undone") == "undone\n");
        await using var fresh = await lab.ConnectAsync();
        var result = await fresh.RunAsync(new CommandRequest { Script = "id -u", Elevation = Elevation.Sudo }, Now);
        Assert.Equal("0\n", result.Output);
    }

    [Fact]
    public async Task A_boot_before_it_was_disarmed_undoes_at_once()
    {
        var operation = lab.Operation("echo x >/etc/booted; systemctl disable --now cron", "booted") with { DeadMan = TimeSpan.FromHours(1) };
        await lab.Host.ExecuteAsync(operation, Now);
        await lab.RestartAsync();
        await Until(async () => await lab.InsideAsync($"ls /var/lib/forge/ops/{operation.Id.Value} | grep -x undone") == "undone\n");
        Assert.Equal("active\nenabled\n", await lab.InsideAsync("cat /etc/booted 2>/dev/null; systemctl is-active cron; systemctl is-enabled cron; ls /etc/systemd/system | grep forge"));
        await lab.ReconnectAsync();
    }

    private Operation Armed(string script, string name) => lab.Operation(script, name) with { DeadMan = TimeSpan.FromSeconds(3) };

    private static async Task Until(Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "it did not come about");
            await Task.Delay(100, Now);
        }
    }
}
