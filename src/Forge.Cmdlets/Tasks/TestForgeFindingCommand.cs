using System.Diagnostics;
using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Targets;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Tasks;

/// <summary>Verifies single findings again, without a full scan and without changing anything.</summary>
/// <example>
/// <para>Verifies one rule again, without a full scan.</para>
/// <code>Test-ForgeFinding web01 sshd_disable_root_login -Skill stig -Profile cis_level2_server</code>
/// </example>
/// <example>
/// <para>Verifies what was fixed last week.</para>
/// <code>Get-ForgeFinding web01 -Skill stig | Test-ForgeFinding</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ForgeFinding")]
[OutputType(typeof(FindingTest))]
public sealed class TestForgeFindingCommand : SkillTargetCmdlet
{
    private readonly List<(string Target, string Id)> _wanted = [];

    /// <summary>Findings from Get-ForgeFinding.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Findings from Get-ForgeFinding.")]
    public Finding? Finding { get; set; }

    /// <summary>Ids of rules.</summary>
    [Parameter(Position = 1, HelpMessage = "Ids of the rules to verify, where no findings are given.")]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Finding is { } finding)
        {
            Skill ??= finding.Skill;
            Profile ??= finding.Profile;
            _wanted.Add((finding.Target, finding.Id));
        }
        else
        {
            _wanted.AddRange(ResolveTargets().SelectMany(t => Id.Select(i => (t.Name, i))));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var group in _wanted.GroupBy(w => w.Target, w => w.Id))
        {
            var target = TargetSelection.Find(Services, [group.Key])[0];
            await using var verifier = await Services.Connector.ConnectAsync(target, ConnectionRole.Verifier, cancellationToken);
            var skill = Services.Skills.Get(SkillName);
            var session = await TransientSession.CreateAsync(Services, skill, target, verifier, SkillParameters(), cancellationToken);
            if (await Services.Skills.EngineOf(skill).Scanner.FindMissingAsync(session, verifier, cancellationToken) is { } missing)
            {
                throw new ForgeException(
                    "ScannerMissing", ForgeErrorKind.Missing, $"{target.Name} cannot be verified: {missing}.", $"Install-ForgeScanner {target.Name} makes it ready.", target.Name);
            }

            var watch = Stopwatch.StartNew();
            var report = await Services.Skills.EngineOf(skill).Evaluator.EvaluateAsync(session, [.. group.Distinct()], verifier, cancellationToken);
            foreach (var id in group.Distinct())
            {
                var verdict = report.Verdicts[id];
                SetOutcome(verdict.Passed ? ForgeOutcome.Holds : ForgeOutcome.ItemsLeft);
                await sink.WriteAsync(new FindingTest(target.Name, id, verdict.Kind, verdict.Detail, report.Method, watch.Elapsed));
            }

            await verifier.RunAsync(new CommandRequest { Script = $"rm -rf -- '{session.RemoteFolder}'", Elevation = Elevation.Sudo }, cancellationToken);
        }
    }
}
