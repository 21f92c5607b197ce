using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Operations;
using Forge.Core.Policy;

namespace Forge.Core.Loop;

/// <summary>Makes one change, write-ahead: the intent is on the disk before the host hears of it, the result after. No journal, no action.</summary>
/// <param name="context">The run on the target.</param>
public sealed class ChangeRunner(TargetContext context)
{
    /// <summary>Runs an action on the host, or learns what became of it where it ran before.</summary>
    /// <param name="item">Item.</param>
    /// <param name="attempt">Attempt, from 1; 0 for a change of the run itself.</param>
    /// <param name="step">Step within the attempt.</param>
    /// <param name="action">The change.</param>
    /// <param name="deadMan">Dead-man revert; null for none.</param>
    /// <param name="cancellationToken">Cancels between the steps; a change that was begun is waited for.</param>
    /// <exception cref="ForgeException">The host could not be reached or refused; the operation may have run (ask for its status).</exception>
    public async Task<OperationStatus> RunAsync(string item, int attempt, string step, ForgeAction action, TimeSpan? deadMan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        context.Ports.AtPoint("before-intent");
        var operation = OperationOf(item, attempt, step, action, deadMan);
        await IntendAsync(operation, item, attempt, step, action, true, cancellationToken);
        context.Ports.AtPoint("after-intent");
        var start = context.Scribe.Start();
        var host = await context.Link.HostAsync(cancellationToken);
        // From here on a stop waits: half a change helps nobody, and the host's own time limit bounds it.
        var status = await host.ExecuteAsync(operation, CancellationToken.None);
        context.Ports.AtPoint("before-result");
        await RecordAsync(item, status, context.Scribe.SecondsSince(start));
        return status;
    }

    /// <summary>Runs several changes in their order in one call to the host, or two. All intents are on the disk before the first one runs.</summary>
    /// <param name="drafts">The changes.</param>
    /// <param name="first">How many of them make the first call, fewer than all; 0 for one call. Where one of these did not end by itself the others never run.</param>
    /// <param name="between">Called between the two, where all of the first ended by themselves.</param>
    /// <param name="cancellationToken">Cancels before the first one runs.</param>
    /// <returns>By item id; one that never ran because an earlier one did not end by itself is <see cref="OperationState.Absent"/>.</returns>
    /// <exception cref="ForgeException">The host could not be reached or refused; some may have run (ask for the status of each).</exception>
    public async Task<Dictionary<string, OperationStatus>> RunAllAsync(IReadOnlyList<Draft> drafts, int first, Action between, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        context.Ports.AtPoint("before-intent");
        var operations = new List<Operation>(drafts.Count);
        foreach (var draft in drafts)
        {
            operations.Add(OperationOf(draft.Id, draft.Attempt, "apply", draft.Action, null));
            await IntendAsync(operations[^1], draft.Id, draft.Attempt, "apply", draft.Action, draft == drafts[^1], cancellationToken);
        }

        context.Ports.AtPoint("after-intent");
        var start = context.Scribe.Start();
        var host = await context.Link.HostAsync(cancellationToken);
        var statuses = await host.ExecuteAllAsync(first == 0 ? operations : operations[..first], CancellationToken.None);
        if (first > 0 && statuses.All(s => Judgement.OfEnd(s, context.ActionTimeout) is null))
        {
            between();
            statuses = [.. statuses, .. await host.ExecuteAllAsync(operations[first..], CancellationToken.None)];
        }

        statuses = [.. statuses, .. operations.Skip(statuses.Count).Select(o => new OperationStatus { Id = o.Id, State = OperationState.Absent })];
        context.Ports.AtPoint("before-result");
        var scripts = statuses.Sum(s => s.Elapsed.TotalSeconds);
        var common = Math.Max(0, context.Scribe.SecondsSince(start) - scripts) / drafts.Count;
        var byItem = new Dictionary<string, OperationStatus>(StringComparer.Ordinal);
        foreach (var (draft, status) in drafts.Zip(statuses))
        {
            byItem[draft.Id] = status;
            await RecordAsync(draft.Id, status, status.Elapsed.TotalSeconds + common, draft == drafts[^1]);
        }

        return byItem;
    }

    /// <summary>Writes what became of an operation.</summary>
    public async Task RecordAsync(string item, OperationStatus status, double seconds, bool durable = true)
    {
        var result = new ResultWritten(
            status.Id.Value,
            status.State,
            status.ExitCode,
            status.Signal,
            status.TimedOut,
            await context.Scribe.StoreAsync(status.Output, CancellationToken.None),
            await context.Scribe.StoreAsync(status.Error, CancellationToken.None),
            seconds,
            status.Changes);
        await context.Scribe.WriteAsync(result, item, durable, CancellationToken.None);
    }

    /// <summary>Undoes an operation by the host's journal.</summary>
    /// <returns>The result; the state equals the one before only where <see cref="UndoResult.Restored"/>.</returns>
    public async Task<UndoResult> UndoAsync(string item, OperationId id, string reason)
    {
        await context.Scribe.WriteAsync(new UndoIntent(id.Value, reason), item, true, CancellationToken.None);
        var start = context.Scribe.Start();
        var host = await context.Link.HostAsync(CancellationToken.None);
        var undone = await host.UndoAsync(id, context.Epoch, CancellationToken.None);
        await context.Scribe.WriteAsync(
            new UndoEnded(id.Value, undone.Restored, undone.Differences, context.Scribe.SecondsSince(start)), item, true, CancellationToken.None);
        return undone;
    }

    /// <summary>Files and folders that a change names: their state is recorded besides what the host always watches.</summary>
    public static IReadOnlyList<string> JournalPathsOf(ForgeAction action) =>
        [.. ShellEffectsReader.Read(action.ToScript()).Resources.Concat(action.Resources)
            .Where(r => r.Kind == ResourceKind.File && r.Name.StartsWith('/') && !r.Name.Contains('*', StringComparison.Ordinal))
            .Select(r => r.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private Operation OperationOf(string item, int attempt, string step, ForgeAction action, TimeSpan? deadMan) => new()
    {
        Id = OperationId.Of(context.Scribe.RunId, context.Target.Name, item, attempt, step, action.ToBytes()),
        Epoch = context.Epoch,
        Script = action.ToScript(),
        Interpreter = action is ScriptAction script ? script.Interpreter : "/bin/sh",
        Timeout = context.ActionTimeout,
        JournalPaths = JournalPathsOf(action),
        Undoable = step != RebootStep.Name,
        DeadMan = deadMan,
    };

    private async Task IntendAsync(
        Operation operation, string item, int attempt, string step, ForgeAction action, bool durable, CancellationToken cancellationToken)
    {
        var blob = await context.Scribe.Blobs.PutAsync(action.ToBytes(), cancellationToken);
        var undo = operation.Undoable ? "host-journal" : "none";
        var intent = new IntentWritten(operation.Id.Value, context.Epoch, attempt, step, blob, undo, context.Ledger.Checkpoint?.Id, operation.DeadMan?.TotalSeconds);
        await context.Scribe.WriteAsync(intent, item, durable, cancellationToken);
    }
}
