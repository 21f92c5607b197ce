using System.Diagnostics;
using System.Net.Sockets;
using Forge.Core.Targets;
using Forge.Targets.Scripts;
using Forge.Targets.Ssh.Mux;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Ssh;

public sealed class MuxSessionTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_command_needs_no_client_of_its_own(bool clientForEach, int clients)
    {
        Assert.SkipUnless(MuxSession.IsSupported, "control sockets are spoken to on 64-bit Linux alone");
        var options = server.Options with { RuntimeFolder = Path.Combine(server.Folder, "own" + clients), ClientForEachCommand = clientForEach };
        await using var target = await Connect(options);
        var mark = Probe.NewMark();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var running = target.RunAsync(new CommandRequest { Script = $"sleep {mark}" }, patience.Token);
        await Probe.SeenAsync(mark);
        Assert.Equal(clients, Process.GetProcessesByName("ssh").Count(p => Probe.Arguments(p).Contains(options.RuntimeFolder!, StringComparison.Ordinal)));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Probe.GoneAsync(mark);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_the_server_refuses_is_a_lost_connection(bool clientForEach)
    {
        await using var own = new SshServer();
        await own.InitializeAsync();
        // The one session is the login's own.
        await own.ConfigureAsync("MaxSessions 1");
        await using var target = await new TargetConnector(own.Options with { ClientForEachCommand = clientForEach }).ConnectAsync(own.Target, ConnectionRole.Fixer, Now);
        foreach (var elevation in (Elevation[])[Elevation.None, Elevation.Sudo])
        {
            var result = await target.RunAsync(new CommandRequest { Script = "true", Elevation = elevation }, Now);
            Assert.True(result.ConnectionLost);
            Assert.Null(result.ExitCode);
            Assert.Contains("refused", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_the_server_allows_one_session_at_a_time_commands_follow_each_other()
    {
        await using var own = new SshServer();
        await own.InitializeAsync();
        // One is the login's own.
        await own.ConfigureAsync("MaxSessions 2");
        await using var target = await new TargetConnector(own.Options).ConnectAsync(own.Target, ConnectionRole.Fixer, Now);
        for (var number = 0; number < 50; number++)
        {
            var result = await target.RunAsync(new CommandRequest { Script = $"echo {number}", Elevation = Elevation.Sudo }, Now);
            Assert.Equal($"{number}\n", result.Output);
        }
    }

    [Fact]
    public async Task An_owner_that_does_not_answer_holds_up_neither_a_limit_nor_the_user()
    {
        var path = Path.Combine(server.Folder, "silent");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var payload = new ScriptPayload { Script = "true"u8.ToArray(), Interpreter = "/bin/sh", Timeout = TimeSpan.FromMilliseconds(100), Output = new BoundedSink(100) };
        var clock = Stopwatch.StartNew();

        var ended = await ScriptChannel.RunAsync(payload, _ => MuxSession.Open(path, "true")!, Now);
        using var patience = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ScriptChannel.RunAsync(payload with { Timeout = TimeSpan.FromMinutes(5) }, _ => MuxSession.Open(path, "true")!, patience.Token));

        Assert.True(ended is { TimedOut: true, Status: null });
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_socket_without_an_owner_is_a_lost_connection()
    {
        using var nobody = MuxSession.Open(Path.Combine(server.Folder, "nobody"), "true");
        Assert.NotNull(nobody);
        Assert.Equal(0, await nobody.Output.ReadAsync(new byte[1], Now));
        Assert.StartsWith("ssh: the connection is gone: ", nobody.TransportFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 5 }, true)]
    [InlineData(new byte[] { 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 4 }, false)]
    [InlineData(new byte[] { 0, 0, 0, 4, 0, 0, 0, 1 }, false)]
    [InlineData(new byte[] { 255, 255, 255, 255, 0, 0, 0, 1 }, false)]
    [InlineData(new byte[] { 0, 0 }, false)]
    public async Task An_owner_of_another_version_is_left_to_the_client(byte[] greeting, bool other)
    {
        var path = Path.Combine(server.Folder, Guid.NewGuid().ToString("N")[..8]);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var answering = Task.Run(async () =>
        {
            using var caller = await listener.AcceptAsync(Now);
            await caller.SendAsync(greeting, Now);
            await caller.ReceiveAsync(new byte[64], Now);
        }, Now);
        using var session = MuxSession.Open(path, "true");
        Assert.Equal(other, session is null);
        if (session is not null)
        {
            Assert.Equal(0, await session.Output.ReadAsync(new byte[1], Now));
            Assert.NotNull(session.TransportFault());
        }

        await answering;
    }

    private Task<ITarget> Connect(TargetOptions options) => new TargetConnector(options).ConnectAsync(server.Target, ConnectionRole.Fresh, Now);
}
