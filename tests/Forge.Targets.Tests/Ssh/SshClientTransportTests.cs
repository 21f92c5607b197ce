namespace Forge.Targets.Tests.Ssh;

/// <summary>The same where the control socket cannot be spoken to (another system than 64-bit Linux): a client is started for each command.</summary>
public sealed class SshClientTransportTests(SshServer server) : SshTransportTests(server)
{
    protected override bool ClientForEachCommand => true;
}
