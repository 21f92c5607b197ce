using System.Text;
using Forge.Core.Journal;

namespace Forge.Core.Loop;

/// <summary>Writes the journal for one target, feeds the ledger with what was written, and tells the observer.</summary>
/// <param name="journal">The run's journal.</param>
/// <param name="ledger">The target's ledger.</param>
/// <param name="observer">Who watches.</param>
/// <param name="clock">Clock.</param>
public sealed class RunScribe(IJournal journal, TargetLedger ledger, IRunObserver observer, TimeProvider clock)
{
    /// <summary>Run id.</summary>
    public string RunId => journal.RunId;

    /// <summary>The run's blobs.</summary>
    public IBlobStore Blobs => journal;

    /// <summary>The target's ledger.</summary>
    public TargetLedger Ledger => ledger;

    /// <summary>Who watches.</summary>
    public IRunObserver Observer => observer;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Starts measuring.</summary>
    public long Start() => clock.GetTimestamp();

    /// <summary>Seconds since a start.</summary>
    public double SecondsSince(long start) => clock.GetElapsedTime(start).TotalSeconds;

    /// <summary>Appends an event about the target.</summary>
    /// <param name="event">The event.</param>
    /// <param name="item">Item that it is about; null for none.</param>
    /// <param name="durable">Whether it must be on the disk before this returns.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task WriteAsync(ForgeEvent @event, string? item, bool durable, CancellationToken cancellationToken)
    {
        var line = await journal.AppendAsync(@event with { Target = ledger.Target, Item = item }, durable, cancellationToken);
        ledger.Apply(line);
        await observer.OnLineAsync(line, cancellationToken);
    }

    /// <summary>Asks or tidies something on the target that is neither a change nor a verdict, and says how long that took.</summary>
    /// <param name="purpose">What for, in words.</param>
    /// <param name="contact">What is done there.</param>
    public async Task<T> ContactAsync<T>(string purpose, Func<Task<T>> contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var start = Start();
        try
        {
            return await contact();
        }
        finally
        {
            await WriteAsync(new Contacted(purpose, SecondsSince(start)), null, false, CancellationToken.None);
        }
    }

    /// <summary>Stores text as a blob; null for empty text.</summary>
    public async Task<string?> StoreAsync(string text, CancellationToken cancellationToken) =>
        text.Length == 0 ? null : await journal.PutAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
