using System.Diagnostics;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Commands;

/// <summary>Runs all commands; what is wrong is the wanted, where it does not hold.</summary>
internal sealed class CommandScanner(CommandRunner runner, TimeProvider clock) : IScanner
{
    public Task<string?> FindMissingAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        CommandGoal.Of(session);
        return Task.FromResult<string?>(null);
    }

    public Task<ScanReport> ScanAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken) =>
        ReviewAsync(session, [.. CommandGoal.Of(session).Commands.Keys], verifier, cancellationToken);

    public async Task<ScanReport> ReviewAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken)
    {
        var wanted = CommandGoal.Of(session);
        var start = Stopwatch.GetTimestamp();
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var id in itemIds)
        {
            verdicts[id] = await runner.JudgeAsync(wanted, id, verifier, cancellationToken);
        }

        return new ScanReport
        {
            Verdicts = verdicts,
            Findings = verdicts.TryGetValue(wanted.ItemId, out var verdict) && !verdict.Passed ? [FindingOf(session, wanted, verdict)] : [],
            Provenance = new Dictionary<string, string> { ["method"] = "command", ["wanted"] = wanted.Text },
            Guards = wanted.Probes,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
    }

    private Finding FindingOf(SkillSession session, CommandGoal wanted, Verdict verdict) => new()
    {
        Id = wanted.ItemId,
        Target = session.Target.Name,
        Skill = session.Skill.Name,
        Title = wanted.Text,
        Severity = Severity.Medium,
        Category = "command",
        Description = $"{wanted.Text}\nIt holds where each of these commands ends with exit code 0:\n{string.Join('\n', wanted.Commands[wanted.ItemId])}",
        Evidence = verdict.Detail,
        FoundAt = clock.GetUtcNow(),
    };
}
