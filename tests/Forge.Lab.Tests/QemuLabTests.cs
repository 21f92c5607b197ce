using System.Globalization;
using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;
using Forge.Lab.Qemu;

namespace Forge.Lab.Tests;

/// <summary>The lab proper, with real machines (translated where there is no KVM).</summary>
[Collection("machines")]
public sealed class QemuLabTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_starts_from_saved_memory_with_its_own_kernel_and_the_right_time()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        var facts = await home.SshAsync("box", "uname -r; sudo id -u; lsblk -dn -o NAME; date +%s.%N");
        var lines = facts.Output.Split('\n');
        Assert.Contains("-amd64", lines[0], StringComparison.Ordinal);
        Assert.Equal(["0", "vda", "vdb"], lines[1..4]);
        AssertNow(lines[4]);
    }

    [Fact]
    public async Task A_restore_takes_disk_and_memory_back_and_the_clock_is_right_afterwards()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        var boot = await home.BootIdAsync("box");
        var checkpoint = await home.MeasureAsync("checkpoint", () => home.Labs.CheckpointAsync("box", "one", Cancel));
        output.WriteLine($"memory saved: {checkpoint.MemoryBytes / 1048576} MiB");
        await home.SshAsync("box", "sudo sh -c 'touch /etc/after; date -s 2001-01-01; pkill -x sshd; rm /usr/sbin/sshd'");

        await home.MeasureAsync("restore", () => home.Labs.RestoreAsync("box", "one", Cancel));

        var after = (await home.SshAsync("box", "date +%s.%N; ls /etc/after; sudo -n id -u")).Output.Split('\n');
        AssertNow(after[0]);
        Assert.Equal("0", after[1]);
        Assert.Equal(boot, await home.BootIdAsync("box"));
        Assert.True(checkpoint.WithMemory);
    }

    [Fact]
    public async Task A_stopped_machine_goes_on_where_it_was_and_a_checkpoint_of_it_can_be_taken()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        var boot = await home.BootIdAsync("box");
        await home.SshAsync("box", "sudo touch /etc/kept");
        await home.MeasureAsync("stop", () => home.Labs.StopAsync("box", Cancel));
        Assert.Empty(home.ProcessesOf("box"));
        Assert.True((await home.Labs.CheckpointAsync("box", "while-off", Cancel)).WithMemory);
        Assert.Equal(LabState.Stopped, home.Labs.Get("box").State);

        await home.MeasureAsync("start again", () => home.Labs.StartAsync("box", Cancel));
        Assert.Equal(boot, await home.BootIdAsync("box"));
        Assert.Equal(0, (await home.SshAsync("box", "ls /etc/kept")).ExitCode);
        Assert.Equal("while-off", Assert.Single(await home.Labs.ListCheckpointsAsync("box", Cancel)).Name);
        await home.Labs.DropCheckpointAsync("box", "while-off", Cancel);
        Assert.Empty(await home.Labs.ListCheckpointsAsync("box", Cancel));
    }

    [Fact]
    public async Task A_killed_machine_boots_again_with_what_it_had_written_and_is_restored_afterwards()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        await home.Labs.CheckpointAsync("box", "one", Cancel);
        var boot = await home.BootIdAsync("box");
        await home.SshAsync("box", "sudo sh -c 'touch /etc/kept; sync'");
        new QemuProcess(home.Folder("box")).Find()!.Signal(ProcessIdentity.Kill);

        await home.MeasureAsync("start after kill -9 (a whole boot)", () => home.Labs.StartAsync("box", Cancel));

        Assert.NotEqual(boot, await home.BootIdAsync("box"));
        Assert.Equal(0, (await home.SshAsync("box", "ls /etc/kept")).ExitCode);
        await home.Labs.RestoreAsync("box", "one", Cancel);
        Assert.NotEqual(0, (await home.SshAsync("box", "ls /etc/kept")).ExitCode);
    }

    [Fact]
    public async Task A_reboot_from_inside_goes_through_the_boot_loader_and_comes_back_as_another_boot()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        var boot = await home.BootIdAsync("box");
        await home.SshAsync("box", "sudo systemctl reboot");
        await home.MeasureAsync("reboot", async () => await Eventually.TrueAsync(
            async () => await home.BootIdAsync("box") is { Length: > 0 } now && now != boot, 240));
        Assert.Contains("GNU GRUB", await File.ReadAllTextAsync(new QemuPaths(home.Folder("box")).ConsoleLog, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_serial_console_logs_in_and_runs_commands()
    {
        await using var home = Home();
        var lab = await home.StartNewAsync("box", LabBackendKind.Qemu);
        var password = (await File.ReadAllTextAsync(lab.PasswordFile, Cancel)).Trim();
        await using (var console = await QemuBackend.OpenConsoleAsync(home.Folder("box"), Cancel))
        {
            var wrong = await Assert.ThrowsAsync<ForgeException>(() => console.LoginAsync("root", "wrong", TimeSpan.FromSeconds(60), Cancel));
            Assert.Equal("LabConsoleLoginRefused", wrong.Id);
            await home.MeasureAsync("console login", async () =>
            {
                await console.LoginAsync("root", password, TimeSpan.FromSeconds(60), Cancel);
                return 0;
            });
            var result = await console.RunAsync("id -u\nprintf 'no newline, a \\ and a \"quote\"'; echo; cat /etc/hostname; (exit 7)", TimeSpan.FromSeconds(30), Cancel);
            Assert.Equal((7, "0\nno newline, a \\ and a \"quote\"\nlab"), (result.ExitCode, result.Output.ReplaceLineEndings("\n").Trim()));
            var large = await console.RunAsync($"x='{new string('y', 20000)}'; echo ${{#x}}", TimeSpan.FromSeconds(30), Cancel);
            Assert.Equal("20000", large.Output.Trim());
        }

        // The session was left; a second client starts at the login prompt again.
        await using var second = await QemuBackend.OpenConsoleAsync(home.Folder("box"), Cancel);
        await second.LoginAsync("forge", password, TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal("1000", (await second.RunAsync("id -u", TimeSpan.FromSeconds(30), Cancel)).Output.Trim());
    }

    [Fact]
    public async Task Two_machines_live_side_by_side_and_a_removed_one_leaves_nothing()
    {
        await using var home = Home();
        var one = await home.StartNewAsync("one", LabBackendKind.Qemu);
        var two = await home.StartNewAsync("two", LabBackendKind.Qemu);
        Assert.NotEqual(one.Port, two.Port);
        await home.SshAsync("one", "sudo touch /etc/only-one");
        Assert.NotEqual(0, (await home.SshAsync("two", "ls /etc/only-one")).ExitCode);

        await home.Labs.RemoveAsync("one", Cancel);

        Assert.Empty(home.ProcessesOf("one"));
        Assert.False(Directory.Exists(home.Folder("one").Path));
        Assert.Equal(0, (await home.SshAsync("two", "true")).ExitCode);
    }

    [Fact]
    public async Task The_monitor_reports_what_QEMU_says_went_wrong()
    {
        await using var home = Home();
        await home.StartNewAsync("box", LabBackendKind.Qemu);
        await using var monitor = await QmpClient.ConnectAsync(new QemuPaths(home.Folder("box")).Monitor, TimeSpan.FromSeconds(10), Cancel);
        var missing = await Assert.ThrowsAsync<ForgeException>(() => monitor.HumanAsync("savevm two words", Cancel));
        Assert.Equal("LabMonitorRefused", missing.Id);
        Assert.Contains("extraneous", missing.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-command", (await Assert.ThrowsAsync<ForgeException>(() => monitor.ExecuteAsync("no-such-command", null, Cancel))).Message, StringComparison.Ordinal);
        await monitor.ExecuteAsync("stop", null, Cancel);
        await monitor.ExecuteAsync("cont", null, Cancel);
        await Eventually.TrueAsync(() => Task.FromResult(monitor.Events.Contains("STOP") && monitor.Events.Contains("RESUME")));

        new QemuProcess(home.Folder("box")).Find()!.Signal(ProcessIdentity.Kill);
        await Eventually.TrueAsync(() => Task.FromResult(home.Labs.Get("box").State == LabState.Stopped));
        Assert.Equal("LabMonitorUnreachable", (await Assert.ThrowsAsync<ForgeException>(() => monitor.ExecuteAsync("query-status", null, Cancel))).Id);
    }

    private static void AssertNow(string seconds)
    {
        var guest = double.Parse(seconds, CultureInfo.InvariantCulture);
        var here = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

        // The answer travelled for a moment: it may be older than now, by no more than a login takes.
        Assert.InRange(here - guest, -2, 4);
    }

    private LabHome Home()
    {
        var home = new LabHome(output);
        var reason = new QemuBackend(home.Options, TimeProvider.System).WhyUnavailable();
        Assert.SkipWhen(reason is not null, $"QEMU: {reason}");
        return home;
    }
}
