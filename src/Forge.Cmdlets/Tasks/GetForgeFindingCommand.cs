using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Tasks;

/// <summary>Scans targets and gives what is wrong, one finding each. The scan is recorded as a run; nothing is changed but a confirmed preparation.</summary>
/// <example>
/// <para>Scans a machine with the hardening rules of its distribution.</para>
/// <code>Get-ForgeFinding web01 -Skill stig -Profile cis_level2_server</code>
/// </example>
/// <example>
/// <para>Fixes what is severe, and leaves the rest.</para>
/// <code>Get-ForgeFinding web01 -Skill stig -Severity High | Invoke-ForgeTask</code>
/// </example>
/// <example>
/// <para>Scans all machines with a tag side by side and counts.</para>
/// <code>Get-ForgeFinding tag:web -Skill stig -ThrottleLimit 8 | Group-Object Target, Severity</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeFinding", SupportsShouldProcess = true)]
[OutputType(typeof(Finding))]
public sealed class GetForgeFindingCommand : SkillTargetCmdlet
{
    private readonly Dictionary<string, TargetDescription> _targets = new(StringComparer.Ordinal);

    /// <summary>Only findings at least this bad.</summary>
    [Parameter(HelpMessage = "Only findings at least this bad.")]
    public Severity Severity { get; set; } = Severity.Unknown;

    /// <summary>Targets scanned side by side, 1 to 64.</summary>
    [Parameter(HelpMessage = "Targets scanned side by side.")]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var target in ResolveTargets())
        {
            _targets[target.Name] = target;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (_targets.Count == 0)
        {
            return;
        }

        var request = new RunRequest
        {
            Skill = SkillName,
            Targets = [.. _targets.Values],
            Parameters = SkillParameters(),
            ScanOnly = true,
            ThrottleLimit = ThrottleLimit,
        };
        var observer = new CmdletObserver(sink) { OnFinding = f => f.Severity >= Severity ? sink.WriteAsync(f) : ValueTask.CompletedTask };
        var run = await new RunLoop(Services.LoopPorts()).RunAsync(request, observer, cancellationToken);
        await RunEnding.TellAsync(sink, run, SetOutcome);
    }
}
