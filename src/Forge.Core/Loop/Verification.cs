using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Verifies a change from outside: the item, and the items that passed and share what was changed (the guards).</summary>
/// <param name="context">The run on the target.</param>
public sealed class Verification(TargetContext context)
{
    /// <summary>
    /// How many others are looked at with an item, by how closely they share what was changed: the same package, service or parameter; the same file; only
    /// the same folder. Dozens of audit rules share one folder, and their checks take 0.1 s each; the scan of the round sees the rest.
    /// </summary>
    private static readonly Dictionary<Closeness, (int Guards, int Watched)> Most = new()
    {
        [Closeness.Thing] = (40, 20),
        [Closeness.File] = (5, 2),
        [Closeness.Folder] = (2, 1),
    };

    /// <summary>Evaluates the item and its guards in one go, through the verifier's connection.</summary>
    public async Task<VerificationResult> RunAsync(
        Finding finding, IReadOnlyList<Resource> named, HostChanges changes, CancellationToken cancellationToken)
    {
        var guards = Sharing(finding.Id, named, changes, VerdictKind.Pass, m => m.Guards);
        var watched = Sharing(finding.Id, named, changes, VerdictKind.Fail, m => m.Watched);
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

    /// <summary>Items with a verdict that share what was changed: those that pass are guarded, those that fail may pass by now. Always the same ones for the same change.</summary>
    private List<string> Sharing(
        string item, IReadOnlyList<Resource> named, HostChanges changes, VerdictKind verdict, Func<(int Guards, int Watched), int> most)
    {
        if (changes.IsEmpty)
        {
            return [];
        }

        var touched = new ResourceOverlap(named, changes);
        return [.. context.Touches
            .Where(t => t.Key != item && context.Ledger.Verdicts.GetValueOrDefault(t.Key) == verdict)
            .Select(t => (Id: t.Key, Closeness: t.Value.Select(touched.ClosenessOf).DefaultIfEmpty(Closeness.None).Max()))
            .Where(t => t.Closeness != Closeness.None)
            .GroupBy(t => t.Closeness)
            .SelectMany(g => g.OrderBy(t => t.Id, StringComparer.Ordinal).Take(most(Most[g.Key])))
            .Select(t => t.Id).Order(StringComparer.Ordinal)];
    }
}
