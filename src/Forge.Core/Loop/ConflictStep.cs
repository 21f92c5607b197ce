using Forge.Core.Conflicts;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>Decides conflicts among the items before any of them is tried, so that none is flipped back and forth.</summary>
/// <param name="context">The run on the target.</param>
public sealed class ConflictStep(TargetContext context)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private PackageRelations? _relations;

    /// <summary>Finds and decides what is not decided yet.</summary>
    public async Task DecideAsync(CancellationToken cancellationToken)
    {
        var verdicts = context.Ledger.Verdicts;
        var demands = context.Demands.Where(d => d.Value.Count > 0 && verdicts.GetValueOrDefault(d.Key) is VerdictKind.Fail or VerdictKind.Pass).ToList();
        _relations ??= await AskAsync(context.Demands.SelectMany(d => d.Value), cancellationToken);
        var severities = context.Ledger.Items.ToDictionary(i => i.Finding.Id, i => i.Finding.Severity, StringComparer.Ordinal);
        IReadOnlyList<Preference> preferences = [.. context.Request.Preferences, .. context.Skill.Preferences];
        foreach (var conflict in ConflictFinder.Find(demands, _relations))
        {
            if (context.Ledger.Losers.ContainsKey(conflict.First) || context.Ledger.Losers.ContainsKey(conflict.Second))
            {
                continue;
            }

            // Both must be work, or hold: what the user left out of the run neither gives way nor makes way.
            var decided = ConflictJudge.Decide(conflict, preferences, verdicts, severities);
            if (decided is { } d && Holds(d.Winner, verdicts) && IsWork(d.Loser, verdicts))
            {
                await context.Scribe.WriteAsync(new ConflictDecided(d.Winner, d.Reason), d.Loser, true, cancellationToken);
            }
        }
    }

    private bool Holds(string id, IReadOnlyDictionary<string, VerdictKind> verdicts) =>
        verdicts.GetValueOrDefault(id) == VerdictKind.Pass || context.Ledger.Find(id) is { State: ItemState.Queued or ItemState.Active or ItemState.Remediated or ItemState.Deferred };

    private bool IsWork(string id, IReadOnlyDictionary<string, VerdictKind> verdicts) => verdicts.GetValueOrDefault(id) == VerdictKind.Pass || context.Ledger.Find(id) is not null;

    private async Task<PackageRelations> AskAsync(IEnumerable<Demand> demands, CancellationToken cancellationToken)
    {
        string[] packages = [.. demands.Where(d => d.Resource.Kind == ResourceKind.Package && d.Wanted == Demand.Present).Select(d => d.Resource.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (packages.Length < 2)
        {
            return PackageRelations.None;
        }

        var question = new CommandRequest { Script = PackageRelations.Script(packages), Timeout = Limit };
        var answer = await context.Scribe.ContactAsync(
            "which packages exclude each other", () => context.Link.ReadAsync(v => v.RunAsync(question, cancellationToken), cancellationToken));
        if (!answer.Succeeded)
        {
            await context.Scribe.WriteAsync(new Noted("the package manager could not be asked which packages exclude each other; attempts will show it"), null, false, cancellationToken);
        }

        return answer.Succeeded ? PackageRelations.Parse(answer.Output) : PackageRelations.None;
    }
}
