namespace Forge.Core.Loop;

/// <summary>How an attempt ended.</summary>
/// <param name="State">State that the item has now.</param>
/// <param name="Mode">Failure mode.</param>
/// <param name="Reason">Why, one sentence; empty for a plain success.</param>
/// <param name="Fingerprint">Fault of the machine that it showed, for the breaker; empty for none.</param>
public sealed record AttemptOutcome(ItemState State, FailureMode Mode, string Reason, string Fingerprint = "");
