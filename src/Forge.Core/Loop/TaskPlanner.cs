using System.Runtime.CompilerServices;
using Forge.Core.Actions;
using Forge.Core.Actions.Typed;
using Forge.Core.Decisions;
using Forge.Core.Fixes;
using Forge.Core.Journal;
using Forge.Core.Ordering;
using Forge.Core.Proposals;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Core.Thinking;

namespace Forge.Core.Loop;

/// <summary>Says what a run would do with given findings, without changing anything: what <c>-WhatIf</c> shows.</summary>
/// <param name="ports">The ports.</param>
public sealed class TaskPlanner(LoopPorts ports)
{
    /// <summary>Plans every finding of a request, in the order of work.</summary>
    public async IAsyncEnumerable<PlannedAction> PlanAsync(RunRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skill = ports.Skills.Get(request.Skill);
        foreach (var target in request.Targets)
        {
            await using var verifier = await ports.Connector.ConnectAsync(target, ConnectionRole.Verifier, cancellationToken);
            var session = await SessionAsync(request, skill, target, verifier, cancellationToken);
            await ports.Skills.EngineOf(skill).Scanner.FindMissingAsync(session, verifier, cancellationToken);
            var outside = await ports.Checkpoints.FindAsync(target, cancellationToken);
            var order = new WorkOrder(skill);
            var decisions = new DecisionFixSource(skill, request.Decisions);
            var thinking = new ThinkPlanner(ports, skill, request);
            foreach (var finding in order.Arrange([.. request.Findings.Where(f => f.Target == target.Name)], out _))
            {
                var empty = new PlannedAction { Target = target.Name, Item = finding.Id, Summary = finding.Title, Risk = ActionRisk.Read, RiskReason = "", Undo = "" };
                yield return decisions.MissingFor(finding) is { } decision
                    ? empty with { Refusal = decision.Request }
                    : await PlanAsync(skill, session, decisions, finding, request, outside?.Kind, cancellationToken)
                        ?? await ThoughtOfAsync(thinking, session, finding, request, outside?.Kind, cancellationToken)
                        ?? empty with { Refusal = "no source has a fix for it" };
            }
        }
    }

    private async Task<PlannedAction?> PlanAsync(
        Skill skill, SkillSession session, DecisionFixSource decisions, Findings.Finding finding, RunRequest request, string? outside, CancellationToken cancellationToken)
    {
        IFixSource[] sources = [decisions, new SkillFixSource(skill, [.. ports.Skills.EngineOf(skill).FixSources.Where(s => !request.ExcludedArms.Contains(s.Arm))])];
        foreach (var source in sources)
        {
            if (await source.ProposeAsync(new FixRequest(session, finding, 1, []), cancellationToken) is { } action)
            {
                return new ClassedAction(action, decisions.WithApproved(request.Approvals), outside).PlanFor(finding.Target, finding.Id);
            }
        }

        return null;
    }

    /// <summary>What the item's own text says, and what a model of the user's makes of it where the gate holds that back; a suggestion where there is no such model.</summary>
    private async Task<PlannedAction?> ThoughtOfAsync(ThinkPlanner thinking, SkillSession session, Findings.Finding finding, RunRequest request, string? outside, CancellationToken cancellationToken)
    {
        if (ports.Proposals is not { } desk || (await desk.ProposeAsync(session.Skill, ProposalPass.TextOf(finding, []), request.ExcludedArms, cancellationToken)).Proposal is not { } gated)
        {
            return await thinking.PlanAsync(session, finding, null, outside, cancellationToken);
        }

        var action = ActionCatalog.Default.Parse(gated.Action, gated.Arm);
        var plan = new ClassedAction(action, request.Approvals, outside).PlanFor(finding.Target, finding.Id);
        if (!gated.Acts)
        {
            var held = new ActionSuggested(gated.Action.GetRawText(), action.Summary, gated.Arm, gated.Confidence, gated.Why);
            return await thinking.PlanAsync(session, finding, held, outside, cancellationToken) ?? plan with { Refusal = $"a suggestion only: {gated.Why}" };
        }

        var guard = new GuardOptions { LoginUser = session.Target.UserName, BoundToItem = session.Skill.Thinking.BoundToItem };
        return ProposalGuard.Check(action, finding, guard) is { Allowed: false } verdict ? plan with { Refusal = verdict.Reason } : plan;
    }

    private async Task<SkillSession> SessionAsync(RunRequest request, Skill skill, TargetDescription target, ITarget verifier, CancellationToken cancellationToken) =>
        new()
        {
            Skill = skill,
            Target = target,
            Facts = await ports.Inspector.ReadFactsAsync(verifier, cancellationToken),
            Parameters = skill.WithDefaults(request.Parameters),
            Blobs = DigestOnlyBlobs.Instance,
            CacheFolder = ports.CacheFolder,
            RemoteFolder = "/var/tmp/forge-plan",
        };
}
