using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Verifies a change from outside: the item, and the items that passed and share what was changed (the guards).</summary>
/// <param name="context">The run on the target.</param>
public sealed class Verification(TargetContext context)
{
    private const int MostGuards = 60;

    /// <summary>Evaluates the item and its guards in one go, through the verifier's connection.</summary>
    public async Task<VerificationResult> RunAsync(
        Finding finding, IReadOnlyList<Resource> named, HostChanges changes, CancellationToken cancellationToken)
    {
        var guards = GuardsOf(finding.Id, named, changes);
        var start = context.Scribe.Start();
        var verifier = await context.Link.VerifierAsync(cancellationToken);
        var report = await context.Engine.Evaluator.EvaluateAsync(context.Session, [finding.Id, .. guards], verifier, cancellationToken);
        var verdict = report.Verdicts[finding.Id];
        var guardVerdicts = guards.ToDictionary(g => g, g => report.Verdicts[g].Kind);
        var turnedRed = guards.Where(g => report.Verdicts[g].Kind == VerdictKind.Fail).ToList();
        await context.Scribe.WriteAsync(
            new Evaluated(
                verdict.Kind,
                verdict.Detail,
                report.Method,
                // A guard that turned red is taken back with the change: its last good verdict stays until it is seen again.
                guardVerdicts.Where(g => g.Value != VerdictKind.Fail).ToDictionary(g => g.Key, g => g.Value),
                report.RawResult,
                context.Scribe.SecondsSince(start)),
            finding.Id,
            false,
            cancellationToken);
        return new VerificationResult(verdict, turnedRed);
    }

    private List<string> GuardsOf(string item, IReadOnlyList<Resource> named, HostChanges changes)
    {
        if (changes.IsEmpty)
        {
            return [];
        }

        var touched = new ResourceOverlap(named, changes);
        return [.. context.Touches
            .Where(t => t.Key != item && context.Ledger.Verdicts.GetValueOrDefault(t.Key) == VerdictKind.Pass && t.Value.Any(touched.Contains))
            .Select(t => t.Key).Order(StringComparer.Ordinal).Take(MostGuards)];
    }
}
