using System.Globalization;

namespace Forge.Core.Proposals;

/// <summary>
/// Decides which proposals may be tried. Two that come about in different ways and agree may; one of the model's alone where it is surer than a threshold that was
/// found on rules it was not trained on. All others are suggestions. Pure.
/// </summary>
public static class ProposalGate
{
    private const string Extractor = "extractor";
    private const string Both = $"{Extractor}+{SmallModelProposer.ArmName}";

    /// <summary>The verdict; null where nobody proposes anything.</summary>
    /// <param name="extracted">What the extractor proposes; null for nothing.</param>
    /// <param name="modelled">What the model proposes; null for nothing.</param>
    /// <param name="isModelExcluded">Whether the user wants no model at all: then the extractor acts alone.</param>
    /// <param name="modelAlone">Threshold of a model that nobody seconds, 0 to 1; above 1 it never acts alone.</param>
    public static GatedProposal? Decide(ActionProposal? extracted, ActionProposal? modelled, bool isModelExcluded, double modelAlone)
    {
        if (extracted is null && modelled is null)
        {
            return null;
        }

        if (modelled is null)
        {
            return new GatedProposal(extracted!.Action, Extractor, extracted.Confidence, isModelExcluded, isModelExcluded ? $"by pattern {extracted.Why}, without a second opinion" : $"pattern {extracted.Why} alone: no model seconds it");
        }

        var sure = modelled.Confidence.ToString("0.000", CultureInfo.InvariantCulture);
        if (extracted is not null)
        {
            return CanonicalProposal.AreSame(extracted.Action, modelled.Action)
                ? new GatedProposal(modelled.Action, Both, modelled.Confidence, true, $"extractor and small model agree ({sure})")
                : new GatedProposal(modelled.Action, SmallModelProposer.ArmName, modelled.Confidence, false, "extractor and small model disagree");
        }

        var threshold = modelAlone.ToString("0.000", CultureInfo.InvariantCulture);
        return modelled.Confidence >= modelAlone
            ? new GatedProposal(modelled.Action, SmallModelProposer.ArmName, modelled.Confidence, true, $"the small model is sure ({sure}, {threshold} is asked)")
            : new GatedProposal(modelled.Action, SmallModelProposer.ArmName, modelled.Confidence, false, $"the small model is not sure enough ({sure}, {threshold} is asked)");
    }
}
