namespace Forge.Core.Journal;

/// <summary>The extractor or the small model proposed an action that the gate held back: nobody tried it; people and the user's own model see it.</summary>
/// <param name="Proposal">The proposal as JSON.</param>
/// <param name="Summary">The action in one line.</param>
/// <param name="Arm">Who proposed it.</param>
/// <param name="Confidence">How sure the small model is, 0 to 1.</param>
/// <param name="Why">Why it was held back, in one sentence.</param>
public sealed record ActionSuggested(string Proposal, string Summary, string Arm, double Confidence, string Why) : ForgeEvent;
