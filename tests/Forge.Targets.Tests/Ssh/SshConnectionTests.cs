using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Ssh;

public sealed class SshConnectionTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_host_key_is_refused()
    {
        var options = server.Options with { ForgeHome = Path.Combine(server.Folder, "stranger") };
        var error = await Refused(server.Target, options);
        Assert.Equal("TargetHostKeyUnknown", error.Id);
        Assert.NotNull(error.NextStep);
        Assert.False(File.Exists(options.KnownHostsPath));
    }

    [Fact]
    public async Task A_changed_host_key_is_refused()
    {
        var options = server.Options with { ForgeHome = Path.Combine(server.Folder, "changed") };
        Directory.CreateDirectory(options.ForgeHome);
        var key = (await File.ReadAllTextAsync(server.KeyPath + ".pub", Now)).Split(' ');
        await File.WriteAllTextAsync(options.KnownHostsPath, $"[127.0.0.1]:{server.Port} {key[0]} {key[1]}\n", Now);
        Assert.Equal("TargetHostKeyChanged", (await Refused(server.Target, options)).Id);
    }

    [Fact]
    public async Task Keys_of_the_targets_own_file_and_of_the_users_file_are_trusted()
    {
        var stranger = server.Options with { ForgeHome = Path.Combine(server.Folder, "stranger") };
        var own = Path.Combine(server.Folder, "of a lab");
        server.Trust(own);
        await Works(server.Target with { KnownHostsFile = own }, stranger);
        var user = stranger with { UserSshFolder = Path.Combine(server.Folder, "user ssh") };
        Directory.CreateDirectory(user.UserSshFolder);
        server.Trust(Path.Combine(user.UserSshFolder, "known_hosts"));
        await Works(server.Target, user);
    }

    [Fact]
    public async Task A_wrong_key_is_an_authentication_failure()
    {
        var other = Path.Combine(server.Folder, "other-" + Guid.NewGuid().ToString("N"));
        Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", other])!.WaitForExit();
        Assert.Equal("TargetAuthenticationFailed", (await Refused(server.Target with { KeyFilePath = other }, server.Options)).Id);
        Assert.Equal("TargetAuthenticationFailed", (await Refused(server.Target with { KeyFilePath = "/nowhere" }, server.Options)).Id);
    }

    [Fact]
    public async Task A_dead_port_and_an_unknown_name_are_unreachable()
    {
        var dead = await Refused(server.Target with { Port = SshServer.FreePort() }, server.Options);
        Assert.Equal("TargetUnreachable", dead.Id);
        Assert.Contains("refused", dead.Message, StringComparison.Ordinal);
        Assert.Equal("TargetUnreachable", (await Refused(server.Target with { HostName = "nowhere.invalid" }, server.Options)).Id);
    }

    [Fact]
    public async Task Aliases_and_jump_hosts_of_the_users_configuration_work()
    {
        var options = server.Options with { UserSshFolder = Path.Combine(server.Folder, "jump ssh") };
        Directory.CreateDirectory(options.UserSshFolder);
        await File.WriteAllTextAsync(Path.Combine(options.UserSshFolder, "config"), $"""
            Host gate
              HostName 127.0.0.1
              Port {server.Port}
              IdentityFile {server.KeyPath}
            Host inner
              HostName 127.0.0.1
              Port {server.Port}
              IdentityFile {server.KeyPath}
              ProxyJump gate
            """, Now);
        await Works(new TargetDescription { Name = "inner" }, options);
        Assert.Contains("127.0.0.1", await File.ReadAllTextAsync(options.KnownHostsPath, Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_killed_in_the_middle_is_lost_and_the_far_process_ends()
    {
        await using var target = await Connect(server.Target, server.Options);
        var mark = Probe.NewMark();
        var running = target.RunAsync(new CommandRequest { Script = $"echo begun; sleep {mark}" }, Now);
        await Probe.SeenAsync(mark);
        foreach (var client in Process.GetProcessesByName("ssh").Where(p => Probe.Arguments(p).Contains(server.Options.RuntimeFolder!, StringComparison.Ordinal)))
        {
            client.Kill();
        }

        var result = await running;
        Assert.True(result.ConnectionLost);
        Assert.False(result.Succeeded);
        Assert.Null(result.ExitCode);
        await Probe.GoneAsync(mark);
        Assert.True((await target.RunAsync(new CommandRequest { Script = "true" }, Now)).ConnectionLost);
    }

    [Fact]
    public async Task Exit_code_255_is_not_a_lost_connection()
    {
        await using var target = await Connect(server.Target, server.Options);
        var result = await target.RunAsync(new CommandRequest { Script = "exit 255" }, Now);
        Assert.Equal(255, result.ExitCode);
        Assert.False(result.ConnectionLost);
    }

    [Fact]
    public async Task A_connection_leaves_nothing_behind()
    {
        var options = server.Options with { RuntimeFolder = Path.Combine(server.Folder, "run2") };
        await Works(server.Target, options);
        Assert.Empty(Directory.EnumerateFileSystemEntries(options.RuntimeFolder!));
    }

    private static Task<ITarget> Connect(TargetDescription target, TargetOptions options) =>
        new TargetConnector(options).ConnectAsync(target, ConnectionRole.Fresh, Now);

    private static async Task<ForgeException> Refused(TargetDescription target, TargetOptions options) =>
        await Assert.ThrowsAsync<ForgeException>(() => Connect(target, options));

    private static async Task Works(TargetDescription description, TargetOptions options)
    {
        await using var target = await Connect(description, options);
        Assert.Equal("hello\n", (await target.RunAsync(new CommandRequest { Script = "echo hello" }, Now)).Output);
    }
}
