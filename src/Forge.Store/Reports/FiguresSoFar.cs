using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>Figures of a run that has none of its own yet (it runs, was killed, failed early), added up from its journal.</summary>
internal static class FiguresSoFar
{
    public static RunSummary Of(string runId, IEnumerable<TargetStory> targets, TimeSpan elapsed) =>
        new() { Elapsed = elapsed, Targets = [.. targets.Where(t => t.Scans.Count > 0).Select(t => Of(runId, t, elapsed))] };

    private static TargetSummary Of(string runId, TargetStory target, TimeSpan elapsed) => new()
    {
        Target = target.Name,
        Before = (target.Scans.Find(s => s.Purpose == "before") ?? target.Scans[0]).Counts,
        After = target.Scans.FindLast(s => s.Purpose == "after")?.Counts,
        Items = [.. target.Items.Select(i => i.Result ?? Left(runId, target.Name, i))],
        Regressions = [.. target.Regressions.Where(r => !r.Reverted).Select(r => new Regression(r.Item, r.CausedBy))],
        Reboots = target.Reboots.Count(r => r.Ended is not null),
        Split = target.Times.Split(elapsed),
        ModelTokens = target.Times.Tokens,
        Platform = target.Facts?.Platform ?? "",
        Provenance = target.Scans[^1].Provenance,
    };

    private static ItemResult Left(string runId, string target, ItemStory item) => new()
    {
        Id = item.Id,
        Target = target,
        RunId = runId,
        Title = item.Finding?.Title ?? "",
        Severity = item.Finding?.Severity ?? default,
        Outcome = item.Attempts.Exists(a => a.Started is not null) ? ItemState.Active : ItemState.Queued,
        Arm = item.Attempts.FindLast(a => a.Started is not null)?.Started?.Arm ?? "",
        Attempts = item.Attempts.Count(a => a.Started is not null),
        Reason = "the run has not come to an end with it",
    };
}
