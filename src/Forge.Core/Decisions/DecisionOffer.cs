namespace Forge.Core.Decisions;

/// <summary>Something on a target that could be given for an input.</summary>
/// <param name="Target">Target.</param>
/// <param name="Value">The value.</param>
/// <param name="Detail">What it is, for people.</param>
public sealed record DecisionOffer(string Target, string Value, string Detail);
