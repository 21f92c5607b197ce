using System.Text.Json;

namespace Forge.Core.Proposals;

/// <summary>What the gate made of the proposals for one item.</summary>
/// <param name="Action">The proposal.</param>
/// <param name="Arm">Who stands for it: <c>extractor</c>, <c>small-model</c>, or both as <c>extractor+small-model</c>.</param>
/// <param name="Confidence">How sure the model is, 0 to 1; 1 where only the extractor was asked.</param>
/// <param name="Acts">Whether it may be tried; else it is a suggestion, for people and for the user's own model.</param>
/// <param name="Why">Why so, in one sentence.</param>
public sealed record GatedProposal(JsonElement Action, string Arm, double Confidence, bool Acts, string Why);
