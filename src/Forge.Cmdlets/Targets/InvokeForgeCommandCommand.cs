using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Runs a script on targets over the same connection as Forge itself does.</summary>
/// <example>
/// <para>Runs a command as root over Forge's own connection.</para>
/// <code>Invoke-ForgeCommand web01 'systemctl --failed' -Sudo</code>
/// </example>
/// <example>
/// <para>Asks several machines for their kernel.</para>
/// <code>Invoke-ForgeCommand web01, web02 -Command 'uname -r' | Select-Object Target, Output</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "ForgeCommand", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetCommandResult))]
public sealed class InvokeForgeCommandCommand : TargetCmdlet
{
    /// <summary>The script.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Script for /bin/sh on the target.")]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>As root.</summary>
    [Parameter(HelpMessage = "Run as root through sudo.")]
    public SwitchParameter Sudo { get; set; }

    /// <summary>Time limit.</summary>
    [Parameter(HelpMessage = "Time limit; the remote process is ended when it runs out. Default 2 minutes.")]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var target in ResolveTargets())
        {
            if (!await sink.ShouldProcessAsync(target.Name, $"run: {Command}"))
            {
                continue;
            }

            await using var connection = await Services.Connector.ConnectAsync(target, ConnectionRole.Fixer, cancellationToken);
            var request = new CommandRequest { Script = Command, Elevation = Sudo ? Elevation.Sudo : Elevation.None, Timeout = Timeout };
            var result = await connection.RunAsync(request, cancellationToken);
            SetOutcome(result.Succeeded ? ForgeOutcome.Holds : result.ConnectionLost ? ForgeOutcome.TargetLost : ForgeOutcome.Failed);
            await sink.WriteAsync(new TargetCommandResult(target.Name, result));
        }
    }
}
