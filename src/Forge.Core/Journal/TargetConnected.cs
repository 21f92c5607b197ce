using Forge.Core.Targets;

namespace Forge.Core.Journal;

/// <summary>A target was reached and claimed.</summary>
/// <param name="Facts">Facts about it.</param>
/// <param name="Epoch">Fencing epoch that holds it.</param>
/// <param name="UndoKind">How changes are taken back there.</param>
/// <param name="Seconds">How long it took to connect, to read the facts and to claim the host.</param>
public sealed record TargetConnected(HostFacts Facts, long Epoch, string UndoKind, double Seconds = 0) : ForgeEvent;
