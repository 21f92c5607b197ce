using Forge.Core.Journal;

namespace Forge.Store.Runs;

/// <summary>A line as its JSON says it.</summary>
/// <param name="Seq">Number.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Event">The event.</param>
internal sealed record JournalEntry(long Seq, DateTimeOffset Time, ForgeEvent Event);
