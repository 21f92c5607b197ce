using Forge.Core.Loop;

namespace Forge.Core.Journal;

/// <summary>An item has a state; a later event of the same item replaces it (a reboot or a later scan can).</summary>
/// <param name="Result">How it stands.</param>
public sealed record ItemEnded(ItemResult Result) : ForgeEvent;
