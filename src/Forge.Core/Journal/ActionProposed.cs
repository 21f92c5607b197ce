using Forge.Core.Loop;

namespace Forge.Core.Journal;

/// <summary>A model or the extractor proposed an action. On disk before it is tried: a resumed run takes up the same bytes.</summary>
/// <param name="Turn">Turn on the item, from 1.</param>
/// <param name="Attempt">Attempt that it becomes; 0 where it is not tried.</param>
/// <param name="Proposal">The proposal as JSON; what the model said, bounded, where that is none.</param>
/// <param name="Summary">The action in one line; empty where there is none.</param>
/// <param name="Digest">SHA-256 of its exact bytes; empty where there is none.</param>
/// <param name="Mode">Why it is not tried: <see cref="FailureMode.PolicyViolation"/> or <see cref="FailureMode.Unreadable"/>; <see cref="FailureMode.None"/> where it is.</param>
/// <param name="Refusal">The same in one sentence; empty where it is tried.</param>
/// <param name="Arm">Who proposed it.</param>
public sealed record ActionProposed(int Turn, int Attempt, string Proposal, string Summary, string Digest, FailureMode Mode, string Refusal, string Arm = "model") : ForgeEvent;
