using Forge.Core.Actions.Typed;
using Forge.Core.Loop;

namespace Forge.Core.Thinking;

/// <summary>What a worker answered in one turn.</summary>
/// <param name="Proposal">The proposal as JSON; what was said, bounded, where that is none.</param>
/// <param name="Action">The action; null where there is none that could be tried.</param>
/// <param name="Mode">Why not; <see cref="FailureMode.None"/> where it may be tried.</param>
/// <param name="Refusal">The same in one sentence.</param>
public sealed record WorkerMove(string Proposal, TypedAction? Action, FailureMode Mode, string Refusal);
