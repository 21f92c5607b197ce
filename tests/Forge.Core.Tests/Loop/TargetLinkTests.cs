using Forge.Core.Errors;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Core.Tests.Loop;

public sealed class TargetLinkTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_through_a_lost_connection_is_read_once_more_through_a_new_one()
    {
        var connector = new Connector();
        await using var link = new TargetLink(new TargetDescription { Name = "web01" }, connector, new Hosts());
        var seen = new List<ITarget>();
        var answer = await link.ReadAsync(
            v =>
            {
                seen.Add(v);
                return seen.Count == 1 ? Task.FromException<int>(Fault(ForgeErrorKind.Unreachable)) : Task.FromResult(7);
            },
            Now);

        Assert.Equal(7, answer);
        Assert.Equal(2, connector.Opened.Count);
        Assert.Equal(connector.Opened, seen);
        Assert.True(connector.Opened[0].IsClosed);
        Assert.Same(connector.Opened[1], await link.VerifierAsync(Now));
    }

    [Theory]
    [InlineData(ForgeErrorKind.Unreachable, 2)]
    [InlineData(ForgeErrorKind.Corrupt, 1)]
    [InlineData(ForgeErrorKind.Timeout, 1)]
    public async Task A_second_loss_and_every_other_fault_are_the_callers(ForgeErrorKind kind, int calls)
    {
        await using var link = new TargetLink(new TargetDescription { Name = "web01" }, new Connector(), new Hosts());
        var count = 0;
        var error = await Assert.ThrowsAsync<ForgeException>(() => link.ReadAsync(
            _ =>
            {
                count++;
                return Task.FromException<int>(Fault(kind));
            },
            Now));

        Assert.Equal((kind, calls), (error.Kind, count));
    }

    private static ForgeException Fault(ForgeErrorKind kind) => new("TargetCommandFailed", kind, "lost", "try again", "web01");

    private sealed class Connector : ITargetConnector
    {
        public List<Connection> Opened { get; } = [];

        public Task<ITarget> ConnectAsync(TargetDescription target, ConnectionRole role, CancellationToken cancellationToken)
        {
            Opened.Add(new Connection(target, role));
            return Task.FromResult<ITarget>(Opened[^1]);
        }
    }

    private sealed class Connection(TargetDescription description, ConnectionRole role) : ITarget
    {
        public TargetDescription Description => description;

        public ConnectionRole Role => role;

        public bool IsClosed { get; private set; }

        public Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UploadAsync(FileUpload upload, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> DownloadAsync(FileDownload download, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Hosts : IOperationHostFactory
    {
        public IOperationHost For(ITarget fixer) => throw new NotSupportedException();
    }
}
