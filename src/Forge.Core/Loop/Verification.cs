using Forge.Core.Evaluation;
using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Verifies changes from outside: their items, and the items that passed and share what was changed (the guards).</summary>
/// <param name="context">The run on the target.</param>
public sealed class Verification(TargetContext context)
{
    private static readonly IReadOnlyDictionary<string, Verdict> Nothing = new Dictionary<string, Verdict>();

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

    /// <summary>Evaluates items through the verifier's connection; writes nothing.</summary>
    public Task<EvaluationReport> CheckAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken) =>
        context.Link.ReadAsync(v => context.Engine.Evaluator.EvaluateAsync(context.Session, itemIds, v, cancellationToken), cancellationToken);

    /// <summary>Evaluates the items and their guards in one go, through the verifier's connection.</summary>
    /// <param name="acted">The changes.</param>
    /// <param name="early">What is being evaluated already; null for nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>By item id.</returns>
    public async Task<IReadOnlyDictionary<string, VerificationResult>> RunAsync(IReadOnlyList<Acted> acted, EarlyCheck? early, CancellationToken cancellationToken)
    {
        var own = acted.Select(a => a.Draft.Id).ToHashSet(StringComparer.Ordinal);
        var near = acted.ToDictionary(
            a => a.Draft.Id, a => (Guards: Sharing(a, own, VerdictKind.Pass, m => m.Guards), Watched: Sharing(a, own, VerdictKind.Fail, m => m.Watched)), StringComparer.Ordinal);
        var start = context.Scribe.Start();
        string[] asked = [.. own.Concat(near.Values.SelectMany(o => o.Guards.Concat(o.Watched))).Distinct(StringComparer.Ordinal).Except(early?.ItemIds ?? [])];
        var others = asked.Length > 0 ? await CheckAsync(asked, cancellationToken) : null;
        var begun = early is null ? null : await early.Running;
        var verdicts = (others?.Verdicts ?? Nothing).Concat(begun?.Verdicts ?? Nothing).ToDictionary(StringComparer.Ordinal);
        var seconds = context.Scribe.SecondsSince(start) / acted.Count;
        var results = new Dictionary<string, VerificationResult>(StringComparer.Ordinal);
        foreach (var id in acted.Select(a => a.Draft.Id))
        {
            var (guards, watched) = near[id];
            var verdict = verdicts[id];
            var report = (begun?.Verdicts.ContainsKey(id) == true ? begun : others)!;
            // One that gives way to another by a stated preference may turn red.
            var turnedRed = guards.Where(g => verdicts[g].Kind == VerdictKind.Fail && !context.Ledger.Losers.ContainsKey(g)).ToList();
            results[id] = new VerificationResult(verdict, turnedRed);
            // What several changes turned green together is nobody's until the review. A change that will be taken back takes with it what else it turned red or green: then the others keep their last good verdicts.
            var seen = verdict.Passed && turnedRed.Count == 0 ? guards.Concat(acted.Count == 1 ? watched : []) : guards.Except(turnedRed);
            var kinds = seen.ToDictionary(o => o, o => verdicts[o].Kind, StringComparer.Ordinal);
            await context.Scribe.WriteAsync(new Evaluated(verdict.Kind, verdict.Detail, report.Method, kinds, report.RawResult, seconds), id, false, cancellationToken);
        }

        return results;
    }

    /// <summary>Items with a verdict that share what was changed: those that pass are guarded, those that fail may pass by now. Always the same ones for the same change.</summary>
    private List<string> Sharing(Acted acted, HashSet<string> own, VerdictKind verdict, Func<(int Guards, int Watched), int> most) => acted.Status.Changes.IsEmpty
        ? []
        : [.. context.Guards.Where(g => verdict == VerdictKind.Pass && context.Ledger.Verdicts.GetValueOrDefault(g) == verdict).Concat(context.Touches
            .Where(t => !own.Contains(t.Key) && context.Ledger.Verdicts.GetValueOrDefault(t.Key) == verdict)
            .Select(t => (Id: t.Key, Closeness: t.Value.Select(acted.Touched.ClosenessOf).DefaultIfEmpty(Closeness.None).Max()))
            .Where(t => t.Closeness != Closeness.None)
            .GroupBy(t => t.Closeness)
            .SelectMany(g => g.OrderBy(t => t.Id, StringComparer.Ordinal).Take(most(Most[g.Key])))
            .Select(t => t.Id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
