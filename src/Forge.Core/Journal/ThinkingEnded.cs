using Forge.Core.Loop;

namespace Forge.Core.Journal;

/// <summary>No model works on an item any more in this run.</summary>
/// <param name="Mode">The rule that stopped it.</param>
/// <param name="Reason">The same in one sentence.</param>
public sealed record ThinkingEnded(FailureMode Mode, string Reason) : ForgeEvent;
