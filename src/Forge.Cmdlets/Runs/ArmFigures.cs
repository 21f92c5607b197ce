using System.Globalization;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Runs;

/// <summary>The figures of one arm. An item belongs to the arm that fixed it, or whose action was tried last, with all its attempts and all its time.</summary>
/// <param name="arm">Arm: <c>content</c>, <c>memory</c>, <c>model</c>.</param>
/// <param name="items">Its items.</param>
public sealed class ArmFigures(string arm, IReadOnlyList<ItemResult> items)
{
    /// <summary>Arm.</summary>
    public string Arm => arm;

    /// <summary>Items.</summary>
    public int Items => items.Count;

    /// <summary>Items fixed and verified.</summary>
    public int Remediated => items.Count(i => i.Outcome == ItemState.Remediated);

    /// <summary>Attempts on them.</summary>
    public int Attempts => items.Sum(i => i.Attempts);

    /// <summary>Time spent on them.</summary>
    public TimeSpan Elapsed => items.Aggregate(TimeSpan.Zero, (sum, i) => sum + i.Elapsed);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Arm} {Remediated} of {Items} (attempts {Attempts}, {Elapsed.TotalSeconds:0.0} s)");
}
