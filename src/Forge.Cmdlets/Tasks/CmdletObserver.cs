using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Tasks;

/// <summary>Shows a run as it goes: progress by run and target, a verbose line for what is done, and asks before changes.</summary>
/// <param name="sink">Where to write.</param>
internal sealed class CmdletObserver(ICmdletSink sink) : IRunObserver
{
    private readonly Dictionary<string, TargetProgress> _progress = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Called for each finding.</summary>
    public Func<Finding, ValueTask>? OnFinding { get; init; }

    /// <summary>Id of the run, once it is known.</summary>
    public string RunId { get; private set; } = "";

    public async ValueTask OnLineAsync(JournalLine line, CancellationToken cancellationToken)
    {
        if (line.Event is RunStarted started)
        {
            RunId = started.RunId;
            await sink.WriteVerboseAsync($"run {started.RunId}");
        }

        if (line.Event is ItemQueued queued && OnFinding is not null)
        {
            await OnFinding(queued.Finding);
        }

        if (line.Event.Target is { } target)
        {
            Show(target, line);
        }

        if (EventText.Of(line.Event) is { } text)
        {
            await sink.WriteVerboseAsync($"{line.Event.Target}{(line.Event.Item is { Length: > 0 } item ? $" · {item}" : "")} · {text}");
        }
    }

    public async ValueTask<bool> ConfirmAsync(PlannedAction action, CancellationToken cancellationToken) =>
        await sink.ShouldProcessAsync(PlanText.Of(action), $"{PlanText.Of(action)}?", $"{action.Target}: change {action.Item}");

    private void Show(string target, JournalLine line)
    {
        TargetProgress progress;
        lock (_gate)
        {
            if (!_progress.TryGetValue(target, out progress!))
            {
                _progress[target] = progress = new TargetProgress(target, _progress.Count + 1);
            }

            progress.Take(line);
        }

        sink.Progress(progress.ToRecord());
    }
}
