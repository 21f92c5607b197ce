using Forge.Core.Memory;
using Forge.Store.Index;
using Forge.Store.Runs;

namespace Forge.Store.Memory;

/// <summary>
/// Lessons from run to run, found through the index. The truth is the <see cref="Core.Journal.LessonLearned"/> events of the run folders (and
/// <c>lessons.jsonl</c> for runs that were removed): who records a lesson here also appends its event, else the next rebuild does not know it.
/// </summary>
/// <param name="index">Index.</param>
/// <param name="options">The same options that the run store has: lessons are masked like everything that is written.</param>
public sealed class TipMemory(RunIndex index, RunStoreOptions options) : IMemory
{
    private int _caughtUp;

    /// <summary>Stores a lesson. Where the index cannot take it, a run goes on: the lesson's event is found by the next one that can.</summary>
    public Task RecordAsync(Tip tip, CancellationToken cancellationToken)
    {
        var masked = tip with { Mechanism = options.Redactor.Redact(tip.Mechanism) };
        return index.OrNoteAsync(index.UseAsync(connection => RunIndex.InTransaction(connection, writer => writer.Put(masked)), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Tip>> RecallAsync(string skill, string item, string target, string platform, CancellationToken cancellationToken)
    {
        // Once: runs that ended without telling the index (a kill). What this process learns is recorded above, what others learn when they save.
        if (Interlocked.Exchange(ref _caughtUp, 1) == 0)
        {
            await index.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        return await index.UseAsync(connection => IndexQueries.Lessons(connection, skill, item, target, platform), cancellationToken).ConfigureAwait(false);
    }
}
