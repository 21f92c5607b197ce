namespace Forge.Core.Journal;

/// <summary>After a reboot, proven by boot id through a new login.</summary>
/// <param name="BootId">Boot id now.</param>
/// <param name="Kernel">Running kernel now.</param>
/// <param name="Seconds">From the command until the new login, seconds.</param>
public sealed record RebootEnded(string BootId, string Kernel, double Seconds) : ForgeEvent;
