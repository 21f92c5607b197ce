using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Tests.Hosting;

/// <summary>A command that does what a test says.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Script")]
public sealed class ScriptedCommand(Func<ICmdletSink, CancellationToken, Task> process) : ForgeCmdlet
{
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    protected override TimeSpan GracePeriod => Grace;

    public void End(ForgeOutcome outcome) => SetOutcome(outcome);

    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken) => process(sink, cancellationToken);
}
