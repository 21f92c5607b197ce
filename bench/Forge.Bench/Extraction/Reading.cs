using System.Text.Json;
using Forge.Core.Proposals;
using Forge.Scap.Export;

namespace Forge.Bench.Extraction;

/// <summary>What the extractor made of one rule in one wording.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Wording">The wording.</param>
/// <param name="Proposal">The proposal; null for none.</param>
internal sealed record Reading(ExportedRule Rule, string Wording, ActionProposal? Proposal)
{
    /// <summary>Whether it is exactly the vendor's action.</summary>
    public bool IsExact => Proposal is not null && Rule.Action is { } action && CanonicalProposal.AreSame(action, Proposal.Action);

    /// <summary>In which way it is not; for people.</summary>
    public string Miss =>
        Rule.Action is not { } wanted ? $"{RuleRecord.FamilyOf(Rule)}: proposes {RuleRecord.FamilyOf(Proposal!.Action)}"
        : Proposal is null ? $"{RuleRecord.FamilyOf(Rule)}: no proposal"
        : RuleRecord.FamilyOf(Rule) != RuleRecord.FamilyOf(Proposal.Action) ? $"{RuleRecord.FamilyOf(Rule)}: proposes {RuleRecord.FamilyOf(Proposal.Action)}"
        : $"{RuleRecord.FamilyOf(Rule)}: other {string.Join(", ", Differing(wanted, Proposal.Action))}";

    private static IEnumerable<string> Differing(JsonElement one, JsonElement other) =>
        one.EnumerateObject().Concat(other.EnumerateObject()).Select(p => p.Name).Distinct()
            .Where(k => !one.TryGetProperty(k, out var a) || !other.TryGetProperty(k, out var b) || a.GetString() != b.GetString());
}
