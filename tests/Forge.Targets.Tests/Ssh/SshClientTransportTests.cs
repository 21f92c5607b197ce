using Forge.Core.Targets;
using Forge.Targets.Tests.Scripts;

namespace Forge.Targets.Tests.Ssh;

/// <summary>The same where the control socket cannot be spoken to (another system than 64-bit Linux): a client is started for each command.</summary>
public sealed class SshClientTransportTests(SshServer server) : TransportCases, IClassFixture<SshServer>, IAsyncLifetime
{
    private ITarget? _target;

    protected override ITarget Target => _target!;

    public async ValueTask InitializeAsync()
    {
        var options = server.Options with { ClientForEachCommand = true };
        _target = await new TargetConnector(options).ConnectAsync(server.Target, ConnectionRole.Fixer, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Target.DisposeAsync();
}
