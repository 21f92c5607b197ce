using System.Security.Cryptography;
using Forge.Core.Actions;
using Forge.Core.Fixes;
using Forge.Core.Policy;

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
        if (await ProposeAsync(entry, attempt, cancellationToken) is not { } action)
        {
            return new Choice(null, new AttemptOutcome(ItemState.Escalated, FailureMode.NoFix, "no source has a fix for it"), "");
        }

        var risk = RiskClassifier.Assess(action);
        var digest = Convert.ToHexStringLower(SHA256.HashData(action.ToBytes()));
        var gate = ActionGate.Decide(risk, digest, context.Decisions.WithApproved(context.Request.Approvals), context.Checkpoints is not null);
        if (!gate.Allowed)
        {
            return new Choice(null, new AttemptOutcome(ItemState.NeedsDecision, FailureMode.PolicyViolation, gate.Refusal), action.Arm);
        }

        if (await _lessons.FindHarmAsync(entry, digest, cancellationToken) is { } lesson)
        {
            return new Choice(null, lesson, action.Arm);
        }

        // What ran before a crash is judged, whatever is answered now.
        return entry.OpenAttempt > 0 || await context.Scribe.Observer.ConfirmAsync(Plan(entry, action, risk, digest, gate), cancellationToken)
            ? new Choice(new Draft(entry, attempt, action, digest, risk, gate.NeedsDeadMan), null, action.Arm)
            : new Choice(null, new AttemptOutcome(ItemState.Skipped, FailureMode.None, "not confirmed"), action.Arm);
    }

    private async Task<ForgeAction?> ProposeAsync(ItemEntry entry, int attempt, CancellationToken cancellationToken)
    {
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

    private PlannedAction Plan(ItemEntry entry, ForgeAction action, RiskAssessment risk, string digest, GateDecision gate) => new()
    {
        Target = context.Target.Name,
        Item = entry.Finding.Id,
        Summary = action.Summary,
        Risk = risk.Risk,
        RiskReason = risk.Reason,
        Undo = gate.NeedsDeadMan ? "host journal, dead-man revert" : context.Checkpoints is { } c ? $"host journal, {c.Kind}" : "host journal",
        Arm = action.Arm,
        Script = action.ToScript(),
        Digest = digest,
    };
}
