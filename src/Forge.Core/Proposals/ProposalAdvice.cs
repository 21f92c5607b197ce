using Forge.Core.Models;

namespace Forge.Core.Proposals;

/// <summary>What the desk says about one text.</summary>
/// <param name="Proposal">What the gate lets through or holds back; null where nobody proposes anything.</param>
/// <param name="Usage">What the small model's requests for it cost; nothing where it was not asked, or the answer was known.</param>
/// <param name="Seconds">Wall time of these requests.</param>
/// <param name="Model">Name and digest of the model that was asked; empty where none was.</param>
public sealed record ProposalAdvice(GatedProposal? Proposal, ModelUsage Usage, double Seconds, string Model = "")
{
    /// <summary>Nobody was asked.</summary>
    public static ProposalAdvice None { get; } = new(null, ModelUsage.None, 0);
}
