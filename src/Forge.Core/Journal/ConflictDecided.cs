namespace Forge.Core.Journal;

/// <summary>Of two items that cannot both hold, the event's one gives way for the rest of the run.</summary>
/// <param name="Winner">The item that stays.</param>
/// <param name="Reason">Why, one sentence.</param>
public sealed record ConflictDecided(string Winner, string Reason) : ForgeEvent;
