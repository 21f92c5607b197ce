using Forge.Core.Targets;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Ssh;

public sealed class SshTransportTests(SshServer server) : TransportCases, IClassFixture<SshServer>, IAsyncLifetime
{
    private ITarget? _target;

    protected override ITarget Target => _target!;

    public async ValueTask InitializeAsync() =>
        _target = await new TargetConnector(server.Options).ConnectAsync(server.Target, ConnectionRole.Fixer, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Target.DisposeAsync();
}
