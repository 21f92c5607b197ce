using Forge.Core.Targets;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Ssh;

public class SshTransportTests(SshServer server) : TransportCases, IClassFixture<SshServer>, IAsyncLifetime
{
    private ITarget? _target;

    protected override ITarget Target => _target!;

    /// <summary>Whether each command starts a client of its own.</summary>
    protected virtual bool ClientForEachCommand => false;

    public async ValueTask InitializeAsync()
    {
        var options = server.Options with { ClientForEachCommand = ClientForEachCommand };
        _target = await new TargetConnector(options).ConnectAsync(server.Target, ConnectionRole.Fixer, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
