namespace Forge.Core.Journal;

/// <summary>A run goes on after its process was gone.</summary>
/// <param name="AfterSequence">Last line that was found in the journal.</param>
public sealed record RunResumed(long AfterSequence) : ForgeEvent;
