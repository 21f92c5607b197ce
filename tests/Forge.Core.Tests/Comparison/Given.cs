using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Core.Tests.Comparison;

/// <summary>Runs to compare.</summary>
internal static class Given
{
    public const string Platform = "debian-12-x86_64";

    /// <summary>A run on one target whose items are written as letters, in order: R remediated, A passing by another fix, E escalated, D needs a decision, N not applicable.</summary>
    public static RunRecord Run(string id, string letters, string target = "lab", string platform = Platform, double seconds = 1, string profile = "level2") =>
        Run(id, Target(id, letters, target, platform, seconds, profile));

    public static RunRecord Run(string id, params TargetSummary[] targets) => new()
    {
        Id = id,
        Skill = "stig",
        Targets = [.. targets.Select(t => t.Target)],
        Parameters = new Dictionary<string, string>(),
        StartedAt = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero).AddMinutes(id.Sum(c => c)),
        Status = RunStatus.ItemsLeft,
        ForgeVersion = "0.1.0",
        Summary = new() { Targets = targets },
    };

    public static TargetSummary Target(string run, string letters, string target = "lab", string platform = Platform, double seconds = 1, string profile = "level2") => new()
    {
        Target = target,
        Platform = platform,
        Before = new(0, letters.Length, 0, 0, 0),
        Items = [.. letters.Select((letter, i) => Item(run, target, $"item{i:000}", letter, seconds))],
        Provenance = new Dictionary<string, string> { ["profile"] = profile },
    };

    private static ItemResult Item(string run, string target, string id, char letter, double seconds) => new()
    {
        Id = id,
        Target = target,
        RunId = run,
        Attempts = letter is 'R' or 'E' ? 1 : 0,
        Elapsed = TimeSpan.FromSeconds(seconds),
        Outcome = letter switch
        {
            'R' => ItemState.Remediated,
            'A' => ItemState.AlreadyPassing,
            'E' => ItemState.Escalated,
            'D' => ItemState.NeedsDecision,
            _ => ItemState.NotApplicable,
        },
    };
}
