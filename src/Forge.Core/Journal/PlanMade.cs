using Forge.Core.Thinking;

namespace Forge.Core.Journal;

/// <summary>The architect looked at an item.</summary>
/// <param name="Trigger">Why it was asked.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Plan">Its plan; empty for none.</param>
/// <param name="Readable">False where its answer could not be read: that counts as going on, and is not taken for a verdict of its own.</param>
public sealed record PlanMade(string Trigger, ArchitectVerdict Verdict, string Plan, bool Readable) : ForgeEvent;
