using Forge.Core.Skills;

namespace Forge.Core.Proposals;

/// <summary>Port: who turns the texts of a skill's items into typed actions when no ready-made fix is there or holds.</summary>
public interface IProposalDesk
{
    /// <summary>What the gate lets through or holds back for an item, and what it cost to ask.</summary>
    /// <param name="skill">The skill of the item.</param>
    /// <param name="text">The item's text.</param>
    /// <param name="excludedArms">Arms that are not asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ProposalAdvice> ProposeAsync(Skill skill, RuleText text, IReadOnlySet<string> excludedArms, CancellationToken cancellationToken);

    /// <summary>Why the small model is not asked (any more), or the extractor could not read a text, in one sentence; empty while all are asked.</summary>
    string Missing { get; }
}
