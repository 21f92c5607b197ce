using System.Text.Json;

namespace Forge.Core.Proposals;

/// <summary>One typed action that somebody proposes for a rule, before any gate.</summary>
/// <param name="Action">The proposal: one flat JSON object by the catalogue of typed actions.</param>
/// <param name="Confidence">How sure the proposer is, 0 to 1; 1 where it does not weigh.</param>
/// <param name="Why">How it came about, in plain words: the name of a pattern, or the least certain part of an answer.</param>
/// <param name="Consumed">The parts of the text that it rests on, in the order of the text; empty where the proposer cannot say.</param>
/// <param name="Alone">Whether proposals of its kind were right often enough on rules that were kept aside to be tried though nobody seconds them.</param>
public sealed record ActionProposal(JsonElement Action, double Confidence, string Why, IReadOnlyList<string> Consumed, bool Alone = false);
