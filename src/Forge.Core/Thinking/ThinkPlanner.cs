using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>What a model would do first with an item that no other source fixes: for <c>-WhatIf</c>. Nothing is written and nothing is changed.</summary>
/// <param name="ports">The ports.</param>
/// <param name="skill">The skill.</param>
/// <param name="request">What is asked.</param>
internal sealed class ThinkPlanner(LoopPorts ports, Skill skill, RunRequest request)
{
    private readonly ModelCaller _caller = new(ports.Models, DigestOnlyBlobs.Instance, (_, _) => Task.CompletedTask, ports.Clock);
    private readonly PromptLibrary _prompts = new(skill);

    /// <summary>The first proposal; null where there is no model.</summary>
    /// <param name="session">The target's session.</param>
    /// <param name="finding">The item.</param>
    /// <param name="suggestion">What the gate held back, which the model is shown; null for nothing.</param>
    /// <param name="outside">Kind of the revert point that is not on the target; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PlannedAction?> PlanAsync(SkillSession session, Finding finding, ActionSuggested? suggestion, string? outside, CancellationToken cancellationToken)
    {
        if (_caller.Find(ModelRole.Worker) is null)
        {
            return null;
        }

        var entry = new ItemEntry { Finding = finding };
        if (suggestion is not null)
        {
            entry.Thinking.Apply(suggestion);
        }

        try
        {
            var move = await new Worker(_caller, _prompts, ports.Shell, request.AllowScripts).NextAsync(session, entry, finding.Resources, [], cancellationToken);
            return move.Action is { } action && move.Mode == FailureMode.None
                ? new ClassedAction(action, request.Approvals, outside).PlanFor(finding.Target, finding.Id)
                : Nothing(finding, $"the model's proposal '{move.Action?.Summary ?? move.Proposal}' is refused: {move.Refusal}");
        }
        catch (ForgeException e)
        {
            return Nothing(finding, $"no source has a fix for it, and the model cannot be asked: {e.Message}");
        }
    }

    private static PlannedAction Nothing(Finding finding, string why) => new()
    {
        Target = finding.Target,
        Item = finding.Id,
        Summary = finding.Title,
        Risk = ActionRisk.Read,
        RiskReason = "",
        Undo = "",
        Arm = Worker.Arm,
        Refusal = why,
    };
}
