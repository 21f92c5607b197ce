using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Reports;

namespace Forge.Cmdlets.Tasks;

/// <summary>What a command says when its run has ended.</summary>
internal static class RunEnding
{
    /// <summary>Sets the outcome and writes an error where the run failed.</summary>
    public static async Task TellAsync(ICmdletSink sink, RunRecord run, Action<ForgeOutcome> setOutcome)
    {
        var outcome = run.Status switch
        {
            RunStatus.Succeeded => ForgeOutcome.Holds,
            RunStatus.ItemsLeft => ForgeOutcome.ItemsLeft,
            RunStatus.Parked => ForgeOutcome.Parked,
            RunStatus.TargetLost => ForgeOutcome.TargetLost,
            _ => ForgeOutcome.Failed,
        };
        setOutcome(outcome);
        if (run.Status is RunStatus.Failed or RunStatus.TargetLost)
        {
            var error = new ForgeException(
                run.Status == RunStatus.TargetLost ? "TargetLost" : "RunFailed",
                run.Status == RunStatus.TargetLost ? ForgeErrorKind.Unreachable : ForgeErrorKind.Internal,
                $"Run {run.Id}: {run.Reason}",
                $"Get-ForgeEvent {run.Id} shows what happened; Resume-ForgeRun {run.Id} goes on once the cause is mended.",
                run.Id);
            await sink.WriteErrorAsync(error);
        }
    }

    /// <summary>Gives what a run of fixes ended with: its items or its record, the report, the closing lines.</summary>
    public static async Task FinishAsync(ICmdletSink sink, ForgeServices services, RunRecord run, bool asRun, Action<ForgeOutcome> setOutcome)
    {
        await services.Index.CatchUpAsync(run.Id, CancellationToken.None);
        var report = await services.Reports.WriteAsync(run.Id, ReportFormat.Html, null, CancellationToken.None);
        if (asRun)
        {
            await sink.WriteAsync(run);
        }
        else
        {
            await sink.WriteAsync(run.Summary!.Targets.SelectMany(t => t.Items), enumerateCollection: true);
        }

        await SummarizeAsync(sink, run, report);
        await TellAsync(sink, run, setOutcome);
    }

    /// <summary>Writes the closing lines for people: shown at the prompt, catchable as information.</summary>
    public static async Task SummarizeAsync(ICmdletSink sink, RunRecord run, string? report)
    {
        var text = SummarySentence.Of(run, run.Summary!, report);
        await sink.OnPipelineThreadAsync(cmdlet =>
        {
            cmdlet.WriteInformation(text, ["PSHOST"]);
            return true;
        });
    }
}
