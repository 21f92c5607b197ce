namespace Forge.Core.Journal;

/// <summary>An event as the journal holds it.</summary>
/// <param name="Sequence">Number within the run, from 1 without gaps.</param>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Event">The event.</param>
/// <param name="Hash">SHA-256 over the previous line's hash and this line's bytes: a changed, lost or inserted line is found.</param>
public sealed record JournalLine(long Sequence, DateTimeOffset Time, ForgeEvent Event, string Hash);
