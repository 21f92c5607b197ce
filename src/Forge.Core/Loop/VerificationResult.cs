using Forge.Core.Evaluation;

namespace Forge.Core.Loop;

/// <summary>What the verification of a change showed.</summary>
/// <param name="Verdict">Verdict of the item itself.</param>
/// <param name="TurnedRed">Items that passed before and fail now.</param>
public sealed record VerificationResult(Verdict Verdict, IReadOnlyList<string> TurnedRed);
