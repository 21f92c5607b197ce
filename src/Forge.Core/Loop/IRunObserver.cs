using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Port: who watches a run and is asked.</summary>
public interface IRunObserver
{
    /// <summary>Called for each line after it is in the journal; in order within a target.</summary>
    ValueTask OnLineAsync(JournalLine line, CancellationToken cancellationToken);

    /// <summary>Called before a change: may it be made?</summary>
    ValueTask<bool> ConfirmAsync(PlannedAction action, CancellationToken cancellationToken);
}
