namespace Forge.Core.Loop;

/// <summary>The time that a run may take on a target.</summary>
/// <param name="scribe">Measures.</param>
/// <param name="limit">The budget; null for none.</param>
public sealed class RunBudget(RunScribe scribe, TimeSpan? limit)
{
    private readonly long _start = scribe.Start();

    /// <summary>Whether it is spent.</summary>
    public bool IsSpent => limit is { } budget && scribe.SecondsSince(_start) > budget.TotalSeconds;
}
