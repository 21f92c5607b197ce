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
    private const int MostWatched = 40;

    /// <summary>Evaluates the item and its guards in one go, through the verifier's connection.</summary>
    public async Task<VerificationResult> RunAsync(
        Finding finding, IReadOnlyList<Resource> named, HostChanges changes, CancellationToken cancellationToken)
    {
        var guards = Sharing(finding.Id, named, changes, VerdictKind.Pass, MostGuards);
        var watched = Sharing(finding.Id, named, changes, VerdictKind.Fail, MostWatched);
        var start = context.Scribe.Start();
        var verifier = await context.Link.VerifierAsync(cancellationToken);
        var report = await context.Engine.Evaluator.EvaluateAsync(context.Session, [finding.Id, .. guards, .. watched], verifier, cancellationToken);
        var verdict = report.Verdicts[finding.Id];
        var turnedRed = guards.Where(g => report.Verdicts[g].Kind == VerdictKind.Fail).ToList();
        // A change that will be taken back takes with it what else it turned red or green: then the others keep their last good verdicts.
        var others = verdict.Passed && turnedRed.Count == 0 ? guards.Concat(watched) : guards.Except(turnedRed);
        await context.Scribe.WriteAsync(
            new Evaluated(
                verdict.Kind,
                verdict.Detail,
                report.Method,
                others.ToDictionary(o => o, o => report.Verdicts[o].Kind),
                report.RawResult,
                context.Scribe.SecondsSince(start)),
            finding.Id,
            false,
            cancellationToken);
        return new VerificationResult(verdict, turnedRed);
    }

    /// <summary>Items with a verdict that share what was changed: those that pass are guarded, those that fail may pass by now.</summary>
    private List<string> Sharing(string item, IReadOnlyList<Resource> named, HostChanges changes, VerdictKind verdict, int most)
    {
        if (changes.IsEmpty)
        {
            return [];
        }

        var touched = new ResourceOverlap(named, changes);
        return [.. context.Touches
            .Where(t => t.Key != item && context.Ledger.Verdicts.GetValueOrDefault(t.Key) == verdict && t.Value.Any(touched.Contains))
            .Select(t => t.Key).Order(StringComparer.Ordinal).Take(most)];
    }
}
