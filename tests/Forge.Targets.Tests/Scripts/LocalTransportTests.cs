using Forge.Core.Targets;

namespace Forge.Targets.Tests.Scripts;

public sealed class LocalTransportTests : TransportCases
{
    protected override ITarget Target { get; } =
        new Local.LocalTarget(new TargetDescription { Name = "here", Transport = TargetTransport.Local }, ConnectionRole.Fixer);
}
