namespace Forge.Core.Evaluation;

/// <summary>What an evaluator says of one item.</summary>
/// <param name="ItemId">The item's short id.</param>
/// <param name="Kind">The exact verdict.</param>
/// <param name="Detail">Messages of the check, bounded data; empty where there are none.</param>
public sealed record Verdict(string ItemId, VerdictKind Kind, string Detail = "")
{
    /// <summary>True only for <see cref="VerdictKind.Pass"/>.</summary>
    public bool Passed => Kind == VerdictKind.Pass;
}
