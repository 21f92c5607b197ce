using Forge.Core.Loop;

namespace Forge.Core.Comparison;

/// <summary>An item that both sides of a comparison had, with as many results on either side.</summary>
/// <param name="Platform">Platform of the targets.</param>
/// <param name="Id">Item id.</param>
/// <param name="Reference">Its results in the reference runs, at least one.</param>
/// <param name="Difference">As many of the difference runs.</param>
public sealed record PairedItem(string Platform, string Id, IReadOnlyList<ItemResult> Reference, IReadOnlyList<ItemResult> Difference)
{
    /// <summary>Fixed in more than half of the reference's results.</summary>
    public bool FixedInReference => Most(Reference, IsFixed);

    /// <summary>Fixed in more than half of the difference's results.</summary>
    public bool FixedInDifference => Most(Difference, IsFixed);

    /// <summary>Whether a result counts as fixed: remediated, or passing at the end because another fix or a reboot brought it.</summary>
    public static bool IsFixed(ItemResult result) => result.Outcome is ItemState.Remediated or ItemState.AlreadyPassing;

    /// <summary>Whether something holds for more than half of some results.</summary>
    internal static bool Most(IReadOnlyList<ItemResult> results, Func<ItemResult, bool> holds) => results.Count(holds) * 2 > results.Count;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Id}: {string.Join(", ", Reference.Select(r => r.Outcome))} | {string.Join(", ", Difference.Select(r => r.Outcome))}";
}
