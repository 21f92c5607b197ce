using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Hardener.Data;

/// <summary>What the extractor and the small model made of one held-out text.</summary>
/// <param name="Rule">The text.</param>
/// <param name="Extracted">The extractor's proposal; null for none.</param>
/// <param name="Modelled">The model's; null for none.</param>
/// <param name="Seconds">Time of the model, seconds.</param>
internal sealed record ExamAnswer(HeldOutRule Rule, ActionProposal? Extracted, ActionProposal? Modelled, double Seconds)
{
    public bool IsModelExact => IsExact(Modelled);

    public bool IsExtractorExact => IsExact(Extracted);

    /// <summary>Whether all names of the true action stand in the text: what does not say them nobody can answer.</summary>
    public bool IsSayable => Rule.Action is { } action && TextNames.FirstMissing(action, Rule.Text) is null;

    /// <summary>What the gate makes of it.</summary>
    public GatedProposal? Gated(double modelAlone) => ProposalGate.Decide(Extracted, Modelled, modelAlone);

    /// <summary>Whether the gate lets it through and it is right.</summary>
    public bool IsRight(double modelAlone) => Gated(modelAlone) is { Acts: true } gated && Rule.Action is { } action && CanonicalProposal.AreSame(action, gated.Action);

    private bool IsExact(ActionProposal? proposal) => proposal is not null && Rule.Action is { } action && CanonicalProposal.AreSame(action, proposal.Action);
}
