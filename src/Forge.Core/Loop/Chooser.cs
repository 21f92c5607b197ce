using System.Text.Json;
using Forge.Core.Actions;
using Forge.Core.Actions.Typed;
using Forge.Core.Fixes;
using Forge.Core.Thinking;

namespace Forge.Core.Loop;

/// <summary>Chooses the next change for an item: asks the fix sources in their order, classes the answer, and asks policy, memory and the user.</summary>
/// <param name="context">The run on the target.</param>
public sealed class Chooser(TargetContext context)
{
    private readonly Lessons _lessons = new(context);

    /// <summary>Chooses for an item. Nothing is changed and nothing is written.</summary>
    public async Task<Choice> ChooseAsync(ItemEntry entry, CancellationToken cancellationToken)
    {
        var attempt = entry.OpenAttempt > 0 ? entry.OpenAttempt : entry.Attempts + 1;
        // Where a model of the user's has begun, it goes on; how the last attempt ended stays what the item says.
        if (entry.OpenAttempt == 0 && entry.Thinking.Thoughts.Count > 0)
        {
            return new Choice(null, null, "");
        }

        if (await ProposeAsync(entry, attempt, cancellationToken) is not { } action)
        {
            return entry is { State: ItemState.Escalated, Result: not null }
                ? new Choice(null, null, "")
                : new Choice(null, new AttemptOutcome(ItemState.Escalated, FailureMode.NoFix, "no source has a fix for it"), "");
        }

        var classed = new ClassedAction(action, context.Decisions.WithApproved(context.Request.Approvals), context.Checkpoints?.Kind);
        // What ran before a crash is judged, and kept or taken back, whatever would be said of it now.
        if (!classed.Gate.Allowed && entry.OpenAttempt == 0)
        {
            return new Choice(null, new AttemptOutcome(ItemState.NeedsDecision, FailureMode.PolicyViolation, classed.Gate.Refusal), action.Arm);
        }

        if (entry.OpenAttempt == 0 && await _lessons.FindHarmAsync(entry, classed.Digest, cancellationToken) is { } lesson)
        {
            return new Choice(null, lesson, action.Arm);
        }

        return entry.OpenAttempt > 0 || await context.Scribe.Observer.ConfirmAsync(classed.PlanFor(context.Target.Name, entry.Finding.Id), cancellationToken)
            ? new Choice(new Draft(entry, attempt, action, classed.Digest, classed.Risk, classed.Gate.NeedsDeadMan), null, action.Arm)
            : new Choice(null, new AttemptOutcome(ItemState.Skipped, FailureMode.None, "not confirmed"), action.Arm);
    }

    private async Task<ForgeAction?> ProposeAsync(ItemEntry entry, int attempt, CancellationToken cancellationToken)
    {
        // A crash left a model's change unjudged: the same bytes are taken up, the model is not asked again.
        if (entry.OpenAttempt > 0 && entry.Thinking.Of(attempt) is { } thought)
        {
            using var proposal = JsonDocument.Parse(thought.Proposal);
            return await Worker.WithEffectsAsync(ProposalParser.Parse(proposal.RootElement, thought.Arm, context.Skill.Thinking.Steps), context.Ports.Shell, cancellationToken);
        }

        foreach (var source in context.FixSources)
        {
            var request = new FixRequest(context.Session, entry.Finding, attempt, entry.Failures);
            if (await source.ProposeAsync(request, cancellationToken) is { } action)
            {
                return action;
            }
        }

        return null;
    }
}
