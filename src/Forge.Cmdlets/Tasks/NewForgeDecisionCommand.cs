using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Cmdlets.Targets;
using Forge.Core.Decisions;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Tasks;

/// <summary>Writes a decision file to fill in: every decision that findings, the items of a run or a scan of targets wait for, with what the targets offer.</summary>
/// <example>
/// <para>Writes what the last run waits for, to be filled in.</para>
/// <code>New-ForgeDecision -RunId (Get-ForgeRun -Last 1).Id -Path ./decisions.yaml</code>
/// </example>
/// <example>
/// <para>Asks machines before anything is done.</para>
/// <code>Get-ForgeFinding web01 -Skill stig | New-ForgeDecision -Path ./web01.yaml</code>
/// </example>
[Cmdlet(VerbsCommon.New, "ForgeDecision", SupportsShouldProcess = true)]
[OutputType(typeof(WrittenDecisions))]
public sealed class NewForgeDecisionCommand : SkillTargetCmdlet
{
    private readonly List<(string Target, string Id)> _items = [];
    private readonly Dictionary<string, TargetDescription> _targets = new(StringComparer.Ordinal);

    /// <summary>Findings from Get-ForgeFinding.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Findings from Get-ForgeFinding; without them and without -RunId the targets are scanned.")]
    public Finding? Finding { get; set; }

    /// <summary>Run whose items wait.</summary>
    [Parameter(HelpMessage = "Id of a run whose items ended as NeedsDecision.")]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string? RunId { get; set; }

    /// <summary>Where to write.</summary>
    [Parameter(HelpMessage = "Path of the file to write; default decisions.yaml.")]
    public string Path { get; set; } = "decisions.yaml";

    /// <summary>Write over a file that exists.</summary>
    [Parameter(HelpMessage = "Write over a file that exists.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Finding is { } finding)
        {
            Skill ??= finding.Skill;
            Profile ??= finding.Profile;
            _items.Add((finding.Target, finding.Id));
        }
        else if (RunId is null)
        {
            foreach (var target in ResolveTargets())
            {
                _targets[target.Name] = target;
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(Path));
        if (File.Exists(path) && !Force)
        {
            throw new ForgeException("DecisionExists", ForgeErrorKind.Conflict, $"{path} exists already.", "Give another -Path, or -Force to write over it.", path);
        }

        await CollectAsync(sink, cancellationToken);
        var skill = Services.Skills.Get(SkillName);
        var wanted = DecisionTemplate.For(skill, _items);
        if (wanted.Count == 0)
        {
            await sink.WriteWarningAsync("no item waits for a decision that can be given in a file; nothing was written");
            return;
        }

        string[] targets = [.. wanted.SelectMany(w => w.Items).Select(i => i.Target).Distinct(StringComparer.Ordinal)];
        var text = DecisionTemplate.Write(skill, wanted, await OffersAsync(sink, wanted, cancellationToken));
        if (await sink.ShouldProcessAsync(path, $"write {wanted.Count} decisions to fill in"))
        {
            // Hashes of passwords will stand in it.
            await File.WriteAllTextAsync(path, "", cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await File.WriteAllTextAsync(path, text, cancellationToken);
            await sink.WriteAsync(new WrittenDecisions(path, skill.Name, targets, [.. wanted.Select(w => w.Decision.Name)], wanted.Sum(w => w.Items.Count)));
        }
    }

    private async Task CollectAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (RunId is { } id)
        {
            var run = await Services.Runs.GetAsync(id, cancellationToken);
            Skill ??= run.Skill;
            _items.AddRange((run.Summary?.Targets ?? []).SelectMany(t => t.Items).Where(i => i.Outcome == ItemState.NeedsDecision).Select(i => (i.Target, i.Id)));
        }
        else if (_targets.Count > 0)
        {
            var request = new RunRequest { Skill = SkillName, Targets = [.. _targets.Values], Parameters = SkillParameters(), ScanOnly = true };
            var observer = new CmdletObserver(sink) { OnFinding = Take };
            await RunEnding.TellAsync(sink, await new RunLoop(Services.LoopPorts()).RunAsync(request, observer, cancellationToken), SetOutcome);
        }
    }

    private ValueTask Take(Finding finding)
    {
        _items.Add((finding.Target, finding.Id));
        return ValueTask.CompletedTask;
    }

    private static async Task<IReadOnlyList<DecisionOffer>> OffersAsync(ICmdletSink sink, IReadOnlyList<WantedDecision> wanted, CancellationToken cancellationToken)
    {
        var offers = new List<DecisionOffer>();
        var asking = wanted.Where(w => w.Decision.Inputs.Any(i => i.Type == DecisionInputType.Device)).SelectMany(w => w.Items).Select(i => i.Target);
        foreach (var name in asking.Distinct(StringComparer.Ordinal))
        {
            try
            {
                var target = TargetSelection.Find(Services, [name])[0];
                await using var verifier = await Services.Connector.ConnectAsync(target, ConnectionRole.Verifier, cancellationToken);
                offers.AddRange(await SpareDisks.FindAsync(name, verifier, cancellationToken));
            }
            catch (ForgeException e)
            {
                await sink.WriteWarningAsync($"{name} could not be asked for spare disks: {e.Message}");
            }
        }

        return offers;
    }
}
