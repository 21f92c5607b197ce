namespace Forge.Core.Proposals.HeldOut;

/// <summary>What a proposer made of a held-out text.</summary>
/// <param name="Rule">The text.</param>
/// <param name="Proposal">Its proposal; null where it made none.</param>
/// <param name="Seconds">Time that it took, seconds.</param>
public sealed record HeldOutAnswer(HeldOutRule Rule, ActionProposal? Proposal, double Seconds)
{
    /// <summary>The very action, in whatever spelling, or none where there is none.</summary>
    public bool IsExact => (Rule.Action, Proposal) switch
    {
        ({ } action, { } proposal) => CanonicalProposal.AreSame(action, proposal.Action),
        (null, null) => true,
        _ => false,
    };
}
