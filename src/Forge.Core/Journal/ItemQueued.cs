using Forge.Core.Findings;

namespace Forge.Core.Journal;

/// <summary>A finding became an item of the run.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Phase">Phase of the skill's order.</param>
public sealed record ItemQueued(Finding Finding, string Phase) : ForgeEvent;
