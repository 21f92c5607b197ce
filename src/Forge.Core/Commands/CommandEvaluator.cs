using System.Diagnostics;
using Forge.Core.Evaluation;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Commands;

/// <summary>Says by commands what passes.</summary>
internal sealed class CommandEvaluator(CommandRunner runner) : IEvaluator
{
    public async Task<EvaluationReport> EvaluateAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken)
    {
        var wanted = CommandGoal.Of(session);
        var start = Stopwatch.GetTimestamp();
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var id in itemIds)
        {
            verdicts[id] = await runner.JudgeAsync(wanted, id, verifier, cancellationToken);
        }

        return new EvaluationReport { Verdicts = verdicts, Method = "command", Elapsed = Stopwatch.GetElapsedTime(start) };
    }
}
