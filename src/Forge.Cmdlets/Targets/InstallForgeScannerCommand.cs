using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Tasks;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Targets;

/// <summary>Makes targets ready for a skill's scanner: the skill's preparation, recorded as a change of a run.</summary>
/// <example>
/// <para>Installs the scanner ahead of a maintenance window.</para>
/// <code>Install-ForgeScanner web01 -Skill stig</code>
/// </example>
/// <example>
/// <para>Shows for which machines it would do so.</para>
/// <code>Get-ForgeTarget | Install-ForgeScanner -Skill stig -WhatIf</code>
/// </example>
[Cmdlet(VerbsLifecycle.Install, "ForgeScanner", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class InstallForgeScannerCommand : SkillTargetCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var request = new RunRequest { Skill = SkillName, Targets = ResolveTargets(), Parameters = SkillParameters(), PrepareOnly = true };
        var run = await new RunLoop(Services.LoopPorts()).RunAsync(request, new CmdletObserver(sink), cancellationToken);
        await RunEnding.TellAsync(sink, run, SetOutcome);
    }
}
