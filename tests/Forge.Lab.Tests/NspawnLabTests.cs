using Forge.Core.Errors;
using Forge.Lab.Checkpoints;
using Forge.Lab.Machines;
using Forge.Lab.Nspawn;
using Forge.Lab.Processes;

namespace Forge.Lab.Tests;

/// <summary>The quick lab, with real machines.</summary>
[Collection("machines")]
public sealed class NspawnLabTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_machine_starts_and_its_account_is_root_through_sudo()
    {
        await using var home = Home();
        var lab = await home.StartNewAsync("web", LabBackendKind.Nspawn);

        Assert.Equal(LabState.Running, lab.State);
        Assert.Equal("asked for", lab.Reason);
        Assert.Equal("0", (await home.SshAsync("web", "sudo id -u")).Output.Trim());

        // Audit belongs to the host's kernel; everything else has to run.
        var failed = await home.SshAsync("web", "systemctl is-system-running --wait >/dev/null; systemctl list-units --failed --plain --no-legend | cut -d' ' -f1");
        Assert.Empty(failed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["auditd.service"]));
    }

    [Fact]
    public async Task The_password_is_good_for_sudo_once_the_rule_without_password_is_gone()
    {
        await using var home = Home();
        var lab = await home.StartNewAsync("web", LabBackendKind.Nspawn);
        await home.SshAsync("web", "sudo rm /etc/sudoers.d/forge");
        Assert.NotEqual(0, (await home.SshAsync("web", "sudo -n true")).ExitCode);

        var password = (await File.ReadAllTextAsync(lab.PasswordFile, Cancel)).Trim();
        Assert.Equal("0", (await home.SshAsync("web", $"echo {password} | sudo -S id -u 2>/dev/null")).Output.Trim());
    }

    [Fact]
    public async Task Packages_can_be_installed_inside()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        var install = await home.MeasureAsync(
            "apt-get update and install of tree", () => home.SshAsync("web", "sudo sh -c 'apt-get -q update && apt-get -qy install tree' 2>&1", 180));
        Assert.True(install.ExitCode == 0, install.Output);
        Assert.Equal(0, (await home.SshAsync("web", "tree --version")).ExitCode);
    }

    [Fact]
    public async Task A_restore_takes_back_what_was_done_after_the_checkpoint()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        await home.SshAsync("web", "sudo touch /etc/before");
        await home.MeasureAsync("checkpoint", () => home.Labs.CheckpointAsync("web", "one", Cancel));
        await home.SshAsync("web", "sudo sh -c 'touch /etc/after; systemctl disable --now ssh; rm -rf /usr/sbin/sshd /etc/ssh'");

        await home.MeasureAsync("restore", () => home.Labs.RestoreAsync("web", "one", Cancel));

        Assert.Equal("/etc/before", (await home.SshAsync("web", "ls /etc/before /etc/after 2>/dev/null")).Output.Trim());
        Assert.Equal("one", Assert.Single(await home.Labs.ListCheckpointsAsync("web", Cancel)).Name);
    }

    [Fact]
    public async Task Checkpoints_of_a_stopped_machine_work_and_a_second_of_the_same_name_is_refused()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        await home.MeasureAsync("stop", () => home.Labs.StopAsync("web", Cancel));
        await home.Labs.CheckpointAsync("web", "cold", Cancel);
        Assert.Equal("LabCheckpointExists", (await Assert.ThrowsAsync<ForgeException>(() => home.Labs.CheckpointAsync("web", "cold", Cancel))).Id);

        await home.Labs.StartAsync("web", Cancel);
        await home.SshAsync("web", "sudo touch /etc/after");
        await home.Labs.StopAsync("web", Cancel);
        await home.Labs.RestoreAsync("web", "cold", Cancel);
        Assert.NotEqual(0, (await home.SshAsync("web", "ls /etc/after")).ExitCode);

        await home.Labs.DropCheckpointAsync("web", "cold", Cancel);
        await home.Labs.DropCheckpointAsync("web", "cold", Cancel);
        Assert.Empty(await home.Labs.ListCheckpointsAsync("web", Cancel));
        Assert.Equal("LabCheckpointNotFound", (await Assert.ThrowsAsync<ForgeException>(() => home.Labs.RestoreAsync("web", "cold", Cancel))).Id);
    }

    [Fact]
    public async Task A_machine_whose_supervisor_was_killed_starts_again_with_its_disk()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        await home.SshAsync("web", "sudo touch /etc/kept");
        ProcessIdentity.Read(home.Folder("web").Combine("run", "supervisor.pid"))!.Signal(ProcessIdentity.Kill);

        await home.MeasureAsync("start after kill -9", () => home.Labs.StartAsync("web", Cancel));

        Assert.Equal(0, (await home.SshAsync("web", "ls /etc/kept")).ExitCode);
    }

    [Fact]
    public async Task A_reboot_from_inside_comes_back_as_another_boot()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        var status = Path.Combine(home.Folder("web").Run, "status");
        Assert.Equal("booting 1", (await File.ReadAllTextAsync(status, Cancel)).Trim());

        await home.SshAsync("web", "sudo systemctl reboot");
        await home.MeasureAsync("reboot", async () => await Eventually.TrueAsync(async () =>
            (await File.ReadAllTextAsync(status, Cancel)).Trim() == "booting 2" && (await home.SshAsync("web", "true")).ExitCode == 0));
    }

    [Fact]
    public async Task Two_machines_live_side_by_side_and_a_removed_one_leaves_nothing()
    {
        await using var home = Home();
        var machines = await Task.WhenAll(home.StartNewAsync("one", LabBackendKind.Nspawn), home.StartNewAsync("two", LabBackendKind.Nspawn));
        Assert.NotEqual(machines[0].Port, machines[1].Port);
        await home.SshAsync("one", "sudo touch /etc/only-one");
        Assert.NotEqual(0, (await home.SshAsync("two", "ls /etc/only-one")).ExitCode);
        var group = (await File.ReadAllTextAsync(home.Folder("one").Combine("run", "cgroup"), Cancel)).Trim();
        Assert.NotEmpty(home.ProcessesOf("one"));

        await home.MeasureAsync("remove", async () =>
        {
            await home.Labs.RemoveAsync("one", Cancel);
            return 0;
        });

        Assert.Empty(home.ProcessesOf("one"));
        Assert.DoesNotContain(File.ReadLines("/proc/self/mounts"), line => line.Contains(home.Folder("one").Path, StringComparison.Ordinal));
        Assert.DoesNotContain(home.Folder("one").Path, (await Tool.RunAsync(new ToolRequest("losetup", "-a"), Cancel)).Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories("/sys/fs/cgroup", group, SearchOption.TopDirectoryOnly));
        Assert.Equal(["two"], home.Labs.List().Select(lab => lab.Name));
        Assert.Equal(0, (await home.SshAsync("two", "true")).ExitCode);
    }

    [Fact]
    public async Task Kernel_settings_of_the_host_cannot_be_written_but_network_settings_of_the_machine_can()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        Assert.Equal(0, (await home.SshAsync("web", "sudo sysctl -w net.ipv4.conf.all.log_martians=1")).ExitCode);
        Assert.Equal("0", (await File.ReadAllTextAsync("/proc/sys/net/ipv4/conf/all/log_martians", Cancel)).Trim());
        Assert.NotEqual(0, (await home.SshAsync("web", "sudo sh -c 'echo 1 > /proc/sys/kernel/dmesg_restrict'")).ExitCode);
        Assert.Equal(0, (await home.SshAsync("web", "sudo nft add table inet trial")).ExitCode);
    }

    [Fact]
    public async Task There_is_a_way_in_when_ssh_is_broken()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        await home.SshAsync("web", "sudo systemctl stop ssh");
        var result = await home.Labs.RunInsideAsync("web", "systemctl start ssh; id -u; echo oops >&2; exit 3", TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal((3, "0\n", "oops\n"), (result.ExitCode, result.Output, result.Error));
        await Eventually.TrueAsync(async () => (await home.SshAsync("web", "true")).ExitCode == 0);
    }

    [Fact]
    public async Task The_loop_takes_and_reverts_checkpoints_through_its_own_port()
    {
        await using var home = Home();
        await home.StartNewAsync("web", LabBackendKind.Nspawn);
        var provider = new LabCheckpointProvider(home.Labs, "web");
        var checkpoint = await provider.TakeAsync("run-1", Cancel);
        Assert.True(checkpoint.Outside);
        await home.SshAsync("web", "sudo touch /etc/after");
        await provider.RevertAsync(checkpoint, Cancel);
        Assert.NotEqual(0, (await home.SshAsync("web", "ls /etc/after")).ExitCode);
        Assert.Equal([checkpoint], await provider.ListAsync(Cancel));
        await provider.DropAsync(checkpoint, Cancel);
        Assert.Equal("CheckpointNotFound", (await Assert.ThrowsAsync<ForgeException>(() => provider.RevertAsync(checkpoint, Cancel))).Id);
    }

    [Fact]
    public async Task A_machine_that_never_ran_can_be_removed()
    {
        await using var home = Home();
        await home.Labs.NewAsync(new NewLabRequest("web") { Backend = LabBackendKind.Nspawn }, null, Cancel);
        Assert.Equal("LabExists", (await Assert.ThrowsAsync<ForgeException>(() => home.Labs.NewAsync(new NewLabRequest("web"), null, Cancel))).Id);
        await home.Labs.RemoveAsync("web", Cancel);
        await home.Labs.RemoveAsync("web", Cancel);
        Assert.Empty(home.Labs.List());
    }

    private LabHome Home()
    {
        var home = new LabHome(output);
        var reason = new NspawnBackend(home.Options).WhyUnavailable();
        Assert.SkipWhen(reason is not null, $"nspawn: {reason}");
        return home;
    }
}
