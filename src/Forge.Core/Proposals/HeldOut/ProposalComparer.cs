using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Core.Statistics;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>Compares the answers of two proposers to the same held-out texts, and claims no more than the data can show. Pure.</summary>
public static class ProposalComparer
{
    /// <summary>Compares.</summary>
    /// <param name="referenceName">Name of what is compared against.</param>
    /// <param name="reference">Its answers.</param>
    /// <param name="differenceName">Name of what is compared.</param>
    /// <param name="difference">Its answers to the same texts in the same order.</param>
    /// <exception cref="ForgeException">Id <c>NothingToCompare</c>: there is no text, or the texts are not the same.</exception>
    public static ProposalComparison Compare(string referenceName, IReadOnlyList<HeldOutAnswer> reference, string differenceName, IReadOnlyList<HeldOutAnswer> difference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        if (reference.Count == 0 || !reference.Select(a => a.Rule).SequenceEqual(difference.Select(a => a.Rule)))
        {
            throw new ForgeException(
                "NothingToCompare", ForgeErrorKind.BadInput, $"There are {reference.Count} answers of {referenceName} and {difference.Count} of {differenceName}, not the same texts.",
                "Ask both for the same held-out texts, at least one.");
        }

        var rules = RulesOf(reference, difference);
        var claim = ClaimOf(rules);
        var comparison = new ProposalComparison
        {
            Verdict = claim.Verdict,
            Sentence = "",
            Reference = SideOf(referenceName, reference, claim.Table.First, rules.Count),
            Difference = SideOf(differenceName, difference, claim.Table.Second, rules.Count),
            Rules = rules.Count,
            Texts = reference.Count,
            Both = claim.Table.Both,
            OnlyReference = claim.Table.OnlyFirst,
            OnlyDifference = claim.Table.OnlySecond,
            Neither = claim.Table.Neither,
            Change = claim.Table.Difference,
            ChangeInterval = claim.ChangeInterval,
            PValue = claim.PValue,
            ByFamily = Strata(rules.GroupBy(r => r.Family)),
            ByWording = Strata(reference.Zip(difference).GroupBy(p => p.First.Rule.Wording)
                .SelectMany(g => RulesOf([.. g.Select(p => p.First)], [.. g.Select(p => p.Second)]).Select(r => (Wording: g.Key, Rule: r)))
                .GroupBy(r => r.Wording.ToString().ToLowerInvariant(), r => r.Rule)),
            Disagreements = [.. rules.Where(r => r.ExactInReference != r.ExactInDifference)],
        };
        return comparison with { Sentence = SentenceOf(comparison, claim, rules.Max(r => r.Reference.Count)) };
    }

    private static List<RuleAnswers> RulesOf(IReadOnlyList<HeldOutAnswer> reference, IReadOnlyList<HeldOutAnswer> difference) =>
        [.. reference.Zip(difference).GroupBy(p => p.First.Rule.Id, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new RuleAnswers(g.Key, g.First().First.Rule.Family, [.. g.Select(p => p.First)], [.. g.Select(p => p.Second)]))];

    private static PairedClaim ClaimOf(IReadOnlyCollection<RuleAnswers> rules) => new(new PairedTable(
        rules.Count(r => r.ExactInReference && r.ExactInDifference),
        rules.Count(r => r.ExactInReference && !r.ExactInDifference),
        rules.Count(r => !r.ExactInReference && r.ExactInDifference),
        rules.Count(r => !r.ExactInReference && !r.ExactInDifference)));

    private static ProposalSide SideOf(string name, IReadOnlyList<HeldOutAnswer> answers, int exact, int rules) =>
        new(name, exact, rules, answers.Count(a => a.Proposal is not null), Median.Of(answers.Select(a => a.Seconds)));

    private static IReadOnlyList<ProposalStratum> Strata(IEnumerable<IGrouping<string, RuleAnswers>> groups)
    {
        var parts = groups.Select(g => (Name: g.Key, Claim: ClaimOf([.. g]))).OrderByDescending(p => p.Claim.Table.Pairs).ThenBy(p => p.Name, StringComparer.Ordinal).ToList();
        return [.. parts.Select(p => new ProposalStratum(
            p.Name, p.Claim.Table.Pairs, p.Claim.Table.First, p.Claim.Table.Second, p.Claim.Table.OnlyFirst, p.Claim.Table.OnlySecond, p.Claim.ChangeInterval, p.Claim.PValue,
            RunComparer.Judge(p.Claim.Table, Math.Min(1, p.Claim.PValue * parts.Count), p.Claim.ChangeInterval)))];
    }

    private static string SentenceOf(ProposalComparison comparison, PairedClaim claim, int texts)
    {
        List<string> sentences =
        [
            $"{claim.Words}: of {comparison.Rules} held-out {(comparison.Rules == 1 ? "rule" : "rules")}, {comparison.Reference.Name} answers {comparison.Reference.Exact} exactly and "
            + $"{comparison.Difference.Name} {comparison.Difference.Exact} ({comparison.OnlyReference} only the one, {comparison.OnlyDifference} only the other; {claim.Figures}).",
            .. claim.Limits("rule", "rules"),
        ];
        if (texts > 1)
        {
            sentences.Add($"A rule counts once, as most of its up to {texts} texts.");
        }

        return string.Join(' ', sentences);
    }
}
