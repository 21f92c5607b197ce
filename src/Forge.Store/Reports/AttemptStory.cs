using Forge.Core.Journal;

namespace Forge.Store.Reports;

/// <summary>One attempt: changes, and what was seen of them, in their order.</summary>
/// <param name="Started">How it began; null for what happened outside of any attempt, for example a verification after a reboot.</param>
internal sealed record AttemptStory(AttemptStarted? Started)
{
    public List<StepStory> Steps { get; } = [];

    public List<Evaluated> Evaluations { get; } = [];

    public List<Probed> Probes { get; } = [];
}
