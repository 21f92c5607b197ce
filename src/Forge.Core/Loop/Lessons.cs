using Forge.Core.Actions;
using Forge.Core.Journal;
using Forge.Core.Memory;

namespace Forge.Core.Loop;

/// <summary>What is remembered from run to run, and what it forbids tonight.</summary>
/// <param name="context">The run on the target.</param>
internal sealed class Lessons(TargetContext context)
{
    /// <summary>Whether the same bytes did harm on this host in an earlier run.</summary>
    /// <returns>The outcome without an attempt; null where nothing speaks against it.</returns>
    public async Task<AttemptOutcome?> FindHarmAsync(ItemEntry entry, string digest, CancellationToken cancellationToken)
    {
        if (context.Request.IgnoreLessons)
        {
            return null;
        }

        var tips = await context.Ports.Memory.RecallAsync(context.Skill.Name, entry.Finding.Id, context.Target.Name, context.Session.Facts.Platform, cancellationToken);
        var last = tips.FirstOrDefault(t => t.Target == context.Target.Name && t.ActionDigest == digest && t.RunId != context.Scribe.RunId);
        if (last is { Outcome: FailureMode.Regression } && context.Request.Preferences.Count == 0)
        {
            return new AttemptOutcome(ItemState.Waived, FailureMode.Regression, $"{last.Mechanism} (seen in run {last.RunId}; -Force tries it again)");
        }

        return last is { Outcome: FailureMode.HealthFailure or FailureMode.Hang or FailureMode.TargetLost or FailureMode.DiskFull or FailureMode.RevertFailed }
            ? new AttemptOutcome(ItemState.Skipped, last.Outcome, $"the same change did harm here in run {last.RunId}: {last.Mechanism}; -Force tries it again")
            : null;
    }

    /// <summary>Stores what an attempt taught.</summary>
    public async Task LearnAsync(Draft draft, AttemptOutcome outcome)
    {
        if (outcome.State is ItemState.Deferred or ItemState.Queued)
        {
            return;
        }

        var tip = new Tip
        {
            Skill = context.Skill.Name,
            Item = draft.Id,
            Target = context.Target.Name,
            Platform = context.Session.Facts.Platform,
            ActionDigest = draft.Digest,
            Arm = draft.Action.Arm,
            Outcome = outcome.Mode,
            Mechanism = outcome.Reason.Length > 0 ? outcome.Reason : "verified from outside through another connection",
            RunId = context.Scribe.RunId,
            LearnedAt = context.Scribe.Now,
        };
        await context.Scribe.WriteAsync(new LessonLearned(tip), draft.Id, false, CancellationToken.None);
        await context.Ports.Memory.RecordAsync(tip, CancellationToken.None);
    }
}
