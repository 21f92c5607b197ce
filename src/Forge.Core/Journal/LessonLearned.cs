using Forge.Core.Memory;

namespace Forge.Core.Journal;

/// <summary>A lesson was stored.</summary>
/// <param name="Tip">The lesson.</param>
public sealed record LessonLearned(Tip Tip) : ForgeEvent;
