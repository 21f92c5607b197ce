using System.Globalization;

namespace Forge.Core.Proposals;

/// <summary>
/// Decides which proposals may be tried. Two that come about in different ways and agree may; the extractor's alone where its kind was right often enough on rules that
/// were kept aside, unless the model is sure of something else; the model's alone where it is surer than a threshold that was found in the same way. All others are
/// suggestions (docs/decisions/0020). Pure.
/// </summary>
public static class ProposalGate
{
    private const string Extractor = "extractor";
    private const string Both = $"{Extractor}+{SmallModelProposer.ArmName}";

    /// <summary>The verdict; null where nobody proposes anything.</summary>
    /// <param name="extracted">What the extractor proposes; null for nothing.</param>
    /// <param name="modelled">What the model proposes; null for nothing.</param>
    /// <param name="modelAlone">Threshold of a model that nobody seconds, 0 to 1; above 1 it never acts alone.</param>
    public static GatedProposal? Decide(ActionProposal? extracted, ActionProposal? modelled, double modelAlone) => (extracted, modelled) switch
    {
        (null, null) => null,
        (null, { } model) => ModelOnly(model, modelAlone),
        ({ } text, { } model) when CanonicalProposal.AreSame(text.Action, model.Action) =>
            new GatedProposal(model.Action, Both, model.Confidence, true, $"extractor and small model agree ({Number(model.Confidence)})"),
        ({ } text, { } model) when model.Confidence >= modelAlone =>
            new GatedProposal(text.Action, Extractor, text.Confidence, false, $"the small model is sure of something else ({Number(model.Confidence)})"),
        ({ } text, _) => text.Alone
            ? new GatedProposal(text.Action, Extractor, text.Confidence, true, $"{text.Why}, {Second(modelled)}")
            : new GatedProposal(text.Action, Extractor, text.Confidence, false, $"{text.Why} is not reliable enough for this kind of change, and no model seconds it ({Second(modelled)})"),
    };

    private static string Second(ActionProposal? modelled) => modelled is null ? "without a second opinion" : $"the small model says otherwise, not surely ({Number(modelled.Confidence)})";

    private static GatedProposal ModelOnly(ActionProposal model, double modelAlone)
    {
        var (sure, threshold) = (Number(model.Confidence), modelAlone > 1 ? "a second opinion" : Number(modelAlone));
        return model.Confidence >= modelAlone
            ? new GatedProposal(model.Action, SmallModelProposer.ArmName, model.Confidence, true, $"the small model is sure ({sure}, {threshold} is asked)")
            : new GatedProposal(model.Action, SmallModelProposer.ArmName, model.Confidence, false, $"the small model is not sure enough ({sure}, {threshold} is asked)");
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
