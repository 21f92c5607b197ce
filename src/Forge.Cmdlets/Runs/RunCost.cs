using System.Globalization;
using Forge.Core.Loop;
using Forge.Store.Reports;

namespace Forge.Cmdlets.Runs;

/// <summary>What a run on one target cost: time always, money only where the user gave a price.</summary>
/// <param name="split">Where the time went.</param>
/// <param name="modelTokens">Tokens that models read and wrote.</param>
/// <param name="costPerHour">Price of one hour, in the user's own currency; null where none was given.</param>
public sealed class RunCost(TimeSplit split, long modelTokens, decimal? costPerHour)
{
    /// <summary>Wall time in which the controller was at work on this target; targets side by side each count in full.</summary>
    public TimeSpan Wall => split.Scanner + split.Target + split.Reboot + split.Model + split.Harness;

    /// <summary>The part of it in which the target was busy: scans, changes, reboots.</summary>
    public TimeSpan OnTarget => split.Scanner + split.Target + split.Reboot;

    /// <summary>Tokens read and written by models, the small model's with them.</summary>
    public long ModelTokens => modelTokens;

    /// <summary>Price of one hour; null where none was given.</summary>
    public decimal? PerHour => costPerHour;

    /// <summary>Price of the wall time, to four decimals; null where no price was given.</summary>
    public decimal? Amount => costPerHour is { } price ? Math.Round(price * (decimal)Wall.TotalHours, 4) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"controller {SummarySentence.Clock(Wall)}, target {SummarySentence.Clock(OnTarget)}, model {ModelTokens} tokens, ")
        + (Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.00##} at {PerHour:0.####} an hour") : "no price given (-CostPerHour)");
}
