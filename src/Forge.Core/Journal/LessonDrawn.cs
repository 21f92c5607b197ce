namespace Forge.Core.Journal;

/// <summary>The reflector drew a lesson from a failed turn.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Mechanism">Why it failed ("because ...").</param>
public sealed record LessonDrawn(int Turn, string Mechanism) : ForgeEvent;
