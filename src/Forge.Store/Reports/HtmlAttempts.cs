using System.Globalization;
using Forge.Core.Evaluation;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Store.Reports;

/// <summary>What was tried: scripts as they ran, what they printed, what changed on the host, what was seen of it from outside.</summary>
internal sealed class HtmlAttempts(HtmlWriter html, BlobExcerpts blobs)
{
    /// <summary>Longest detail of a check that is shown, characters.</summary>
    public const int DetailLimit = 4000;

    public async Task WriteAsync(AttemptStory attempt, CancellationToken cancellationToken)
    {
        if (attempt.Started is { } started)
        {
            html.Element("h3", $"Attempt {started.Attempt} · {started.Arm} · {started.Risk}").Element("p", started.Summary);
            html.Element("p", "Class: " + started.RiskReason, "soft").Markup("\n");
        }
        else
        {
            html.Markup("<h3>Outside of any attempt</h3>\n");
        }

        foreach (var step in attempt.Steps)
        {
            await WriteStepAsync(step, cancellationToken).ConfigureAwait(false);
        }

        foreach (var evaluated in attempt.Evaluations)
        {
            WriteEvaluation(evaluated);
        }

        foreach (var probed in attempt.Probes)
        {
            var seen = probed.Healthy ? $"healthy ({HtmlFigures.Seconds(probed.Seconds)})" : string.Join("; ", probed.Faults);
            html.Element("p", "Probed through a new connection: " + seen, probed.Healthy ? "good" : "bad").Markup("\n");
        }
    }

    /// <summary>One change.</summary>
    public async Task WriteStepAsync(StepStory step, CancellationToken cancellationToken)
    {
        var intent = step.Intent;
        var operation = intent.OperationId[..Math.Min(12, intent.OperationId.Length)];
        html.Element("p", $"{intent.Step}: operation {operation}, epoch {intent.Epoch}, undo by {intent.Undo}{Guarded(intent)}", "soft").Markup("\n");
        await WriteBlobAsync("Script", intent.Script, cancellationToken).ConfigureAwait(false);
        if (step.Result is { } result)
        {
            html.Element(
                "p",
                Ended(result),
                result is { State: OperationState.Completed, ExitCode: 0, Signal: null, TimedOut: false } ? "good" : "bad").Markup("\n");
            await WriteBlobAsync("Output", result.Output, cancellationToken).ConfigureAwait(false);
            await WriteBlobAsync("Error output", result.Error, cancellationToken).ConfigureAwait(false);
            WriteChanges(result.Changes);
        }
        else
        {
            html.Element("p", "There is no result in the journal.", "bad").Markup("\n");
        }

        if (step.UndoIntent is { } undo)
        {
            html.Element("p", "Undo: " + undo.Reason, "wait");
        }

        if (step.Undo is { } undone)
        {
            html.Element(
                "p",
                undone.Restored ? "Undone; the state before is restored, by digest." : $"The undo is not proven: {string.Join("; ", undone.Differences)}",
                undone.Restored ? "good" : "bad").Markup("\n");
        }
    }

    private static string Guarded(IntentWritten intent) =>
        (intent.Checkpoint is { } checkpoint ? $", covered by checkpoint {checkpoint}" : "")
        + (intent.DeadManSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", dead-man revert after {seconds:0} s") : "");

    private static string Ended(ResultWritten result)
    {
        var how = result.TimedOut ? "ended by the time limit"
            : result.Signal is { } signal ? "ended by signal " + signal
            : result.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}")
            : "no exit code";
        return $"{result.State}, {how}, {HtmlFigures.Seconds(result.Seconds)}";
    }

    private void WriteEvaluation(Evaluated evaluated)
    {
        var red = evaluated.Guards.Where(g => g.Value is VerdictKind.Fail or VerdictKind.Error).Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        var guards = evaluated.Guards.Count == 0 ? "" : $", with {evaluated.Guards.Count} others that share resources";
        var turned = red.Count == 0 ? "" : "; red: " + string.Join(", ", red);
        html.Element(
            "p",
            $"Verified from outside: {evaluated.Verdict} ({evaluated.Method}, {HtmlFigures.Seconds(evaluated.Seconds)}{guards}){turned}",
            evaluated.Verdict == VerdictKind.Pass && red.Count == 0 ? "good" : "bad").Markup("\n");
        if (evaluated.Detail.Length > 0)
        {
            html.Block(html.HostText.Block(evaluated.Detail, DetailLimit));
        }
    }

    private void WriteChanges(HostChanges changes)
    {
        if (changes.IsEmpty)
        {
            html.Element("p", "The host saw nothing change.", "soft").Markup("\n");
            return;
        }

        html.Markup("<dl>\n");
        List("files", changes.Files);
        List("packages installed", changes.PackagesInstalled);
        List("packages removed", changes.PackagesRemoved);
        List("units started", changes.UnitsStarted);
        List("units stopped", changes.UnitsStopped);
        List("kernel parameters", changes.Sysctls);
        html.Markup("</dl>\n");
    }

    private void List(string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            HtmlReport.Term(html, name, string.Join(", ", values));
        }
    }

    private async Task WriteBlobAsync(string name, string? digest, CancellationToken cancellationToken)
    {
        if (digest is not null)
        {
            html.Element("h3", name).Markup("\n").Block(await blobs.OfAsync(digest, cancellationToken).ConfigureAwait(false));
        }
    }
}
