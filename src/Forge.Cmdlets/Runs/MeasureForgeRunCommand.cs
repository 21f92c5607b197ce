using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Runs;

/// <summary>Measures runs: rates with both denominators and their intervals, arms, attempts, where the time went, and what it cost.</summary>
/// <example>
/// <para>Shows rates, arms and where the time of the last run went.</para>
/// <code>Get-ForgeRun -Last 1 | Measure-ForgeRun | Format-List</code>
/// </example>
/// <example>
/// <para>The same with what it cost, at a price an hour.</para>
/// <code>Get-ForgeRun -Last 7 | Measure-ForgeRun -CostPerHour 0.12</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "ForgeRun")]
[OutputType(typeof(RunMeasurement))]
public sealed class MeasureForgeRunCommand : RunCmdlet
{
    /// <summary>Price of one hour of work on a target; no price is assumed.</summary>
    [Parameter(HelpMessage = "Price of one hour of work on a target, in your own currency; without it no price is given.")]
    public decimal? CostPerHour { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync(ICmdletSink sink, CancellationToken cancellationToken) => CostPerHour is < 0
        ? throw new ForgeException("CostNegative", ForgeErrorKind.BadInput, $"-CostPerHour is {CostPerHour}; a price is 0 or more.", "Give what one hour costs you.")
        : Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var id in Id)
        {
            var run = await Services.Runs.GetAsync(id, cancellationToken);
            if (run.Summary is null)
            {
                await sink.WriteErrorAsync(new ForgeException(
                    "RunNotEnded", ForgeErrorKind.BadInput, $"The run '{id}' has no figures yet ({run.Status}).",
                    $"Export-ForgeReport {id} writes what is known so far.", id));
                continue;
            }

            foreach (var target in run.Summary.Targets)
            {
                await sink.WriteAsync(new RunMeasurement(id, target, CostPerHour));
            }
        }
    }
}
