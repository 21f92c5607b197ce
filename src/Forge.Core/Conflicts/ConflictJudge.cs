using Forge.Core.Evaluation;
using Forge.Core.Findings;

namespace Forge.Core.Conflicts;

/// <summary>
/// Decides conflicts, once: by the first preference that names one side (the user's come before the skill's); else what passes now stays; else the graver
/// item; else the one that the content names first. Pure.
/// </summary>
public static class ConflictJudge
{
    /// <summary>Decides a conflict.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="preferences">The preferences, the strongest first.</param>
    /// <param name="verdicts">What holds now.</param>
    /// <param name="severities">Severity of the items that are work.</param>
    /// <returns>The item that gives way and why; null where nothing has to be decided: neither fails, or one holds and nobody prefers the other.</returns>
    public static (string Loser, string Winner, string Reason)? Decide(
        Conflict conflict, IReadOnlyList<Preference> preferences, IReadOnlyDictionary<string, VerdictKind> verdicts, IReadOnlyDictionary<string, Severity> severities)
    {
        var (first, second) = (verdicts.GetValueOrDefault(conflict.First), verdicts.GetValueOrDefault(conflict.Second));
        if (first is not (VerdictKind.Fail or VerdictKind.Pass) || second is not (VerdictKind.Fail or VerdictKind.Pass) || (first == VerdictKind.Pass && second == VerdictKind.Pass))
        {
            return null;
        }

        foreach (var preference in preferences)
        {
            var wanted = preference.Wanted == conflict.FirstWants.ToString() ? conflict.First : preference.Wanted == conflict.SecondWants.ToString() ? conflict.Second : null;
            if (wanted is not null)
            {
                return Lose(conflict, wanted, $"preferred by {preference.By}{(preference.Because.Length > 0 ? $": {preference.Because}" : "")}");
            }
        }

        if (first != second)
        {
            // Packages exclude each other for certain. An opposite state may be asked for under a condition only: there the attempt shows it, unless the fix
            // does nothing but install or remove that package.
            var fails = first == VerdictKind.Fail ? conflict.FirstWants : conflict.SecondWants;
            return conflict.Exclusive || fails is { Alone: true, Resource.Kind: ResourceKind.Package }
                ? Lose(conflict, first == VerdictKind.Pass ? conflict.First : conflict.Second, "which holds already") : null;
        }

        var (gravity, other) = (severities.GetValueOrDefault(conflict.First), severities.GetValueOrDefault(conflict.Second));
        return gravity == other ? Lose(conflict, conflict.First, "which the content names first")
            : Lose(conflict, gravity > other ? conflict.First : conflict.Second, "which is the graver one");
    }

    private static (string Loser, string Winner, string Reason) Lose(Conflict conflict, string winner, string why)
    {
        var loses = winner == conflict.First ? conflict.Second : conflict.First;
        var (wants, against) = winner == conflict.First ? (conflict.FirstWants, conflict.SecondWants) : (conflict.SecondWants, conflict.FirstWants);
        return (loses, winner, $"conflicts with {winner}, {why} ({wants} against {against})");
    }
}
