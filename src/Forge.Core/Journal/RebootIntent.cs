namespace Forge.Core.Journal;

/// <summary>Before a reboot.</summary>
/// <param name="Reason">Why.</param>
/// <param name="BootId">Boot id before; the reboot is proven by another one.</param>
/// <param name="Kernel">Running kernel before.</param>
public sealed record RebootIntent(string Reason, string BootId, string Kernel) : ForgeEvent;
