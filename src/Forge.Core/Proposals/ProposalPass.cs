using System.Security.Cryptography;
using System.Text;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Ordering;
using Forge.Core.Prompts;
using Forge.Core.Thinking;

namespace Forge.Core.Proposals;

/// <summary>
/// Works on what no ready-made fix mended, before any model of the user's: the extractor and the small model propose one action from the item's text, the gate lets it
/// through or holds it back as a suggestion, and the loop's own attempt acts, proves and takes back. One proposal for an item is tried once.
/// </summary>
/// <param name="context">The run on the target.</param>
/// <param name="attempts">Makes attempts and writes states.</param>
/// <param name="settlement">Settles by verdicts.</param>
/// <param name="budget">Ends the pass where it is spent.</param>
public sealed class ProposalPass(TargetContext context, AttemptRunner attempts, Settlement settlement, RunBudget budget)
{
    private readonly WorkOrder _order = new(context.Skill);
    private readonly Breaker _breaker = new();
    private readonly Lessons _lessons = new(context);
    private string _missing = "";

    private TargetLedger Ledger => context.Ledger;

    /// <summary>Works on all items that a proposal may take.</summary>
    /// <returns>Whether anything was tried on the machine.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (context.Ports.Proposals is not { } desk)
        {
            return false;
        }

        var before = Ledger.Items.Sum(i => i.Attempts);
        foreach (var finding in _order.Arrange([.. Ledger.Items.Where(ThinkRule.MayTake).Select(i => i.Finding)], out _))
        {
            var entry = Ledger.Find(finding.Id)!;
            if (budget.IsSpent || Ledger.Parked.Length > 0)
            {
                break;
            }

            if (ThinkRule.MayTake(entry) && !await settlement.PassesAlreadyAsync(entry))
            {
                await WorkAsync(desk, entry, cancellationToken);
                await NoteMissingAsync(desk, cancellationToken);
            }
        }

        return Ledger.Items.Sum(i => i.Attempts) > before;
    }

    /// <summary>What a rule's text is for the proposers.</summary>
    /// <param name="finding">The item.</param>
    /// <param name="touches">What its check reads and its fix names.</param>
    public static RuleText TextOf(Finding finding, IEnumerable<Resource> touches) => new(
        UntrustedText.Clean(finding.Title), UntrustedText.Clean(finding.Description), [.. finding.Resources.Concat(touches).Select(r => r.Name).Distinct(StringComparer.Ordinal).Take(40)]);

    private async Task WorkAsync(IProposalDesk desk, ItemEntry entry, CancellationToken cancellationToken)
    {
        var touches = context.Touches.GetValueOrDefault(entry.Finding.Id, []);
        var advice = await desk.ProposeAsync(context.Skill, TextOf(entry.Finding, touches), context.Request.ExcludedArms, cancellationToken);
        if (advice.Usage.Tokens > 0)
        {
            await context.Scribe.WriteAsync(new ProposerAsked(advice.Usage, advice.Seconds, advice.Model), entry.Finding.Id, false, cancellationToken);
        }

        if (advice.Proposal is not { } gated)
        {
            return;
        }

        var action = ActionCatalog.Default.Parse(gated.Action, gated.Arm);
        var digest = ClassedAction.DigestOf(action);
        if (entry.Thinking.Proposals.Any(p => p.Digest == digest && p.Mode != FailureMode.None))
        {
            return;
        }

        if (!gated.Acts)
        {
            if (entry.Thinking.Suggestion?.Proposal != gated.Action.GetRawText())
            {
                await context.Scribe.WriteAsync(new ActionSuggested(gated.Action.GetRawText(), action.Summary, gated.Arm, gated.Confidence, gated.Why), entry.Finding.Id, false, cancellationToken);
            }

            return;
        }

        await TryAsync(entry, gated, action, touches, cancellationToken);
    }

    private async Task TryAsync(ItemEntry entry, GatedProposal gated, TypedAction action, IReadOnlyList<Resource> touches, CancellationToken cancellationToken)
    {
        var guard = new GuardOptions { LoginUser = context.Target.UserName, BoundToItem = context.Skill.Thinking.BoundToItem, Resources = touches };
        var classed = new ClassedAction(action, context.Decisions.WithApproved(context.Request.Approvals), context.Checkpoints?.Kind);
        var refusal = ProposalGuard.Check(action, entry.Finding, guard) is { Allowed: false } verdict ? verdict.Reason
            : !classed.Gate.Allowed ? classed.Gate.Refusal
            : (await _lessons.FindHarmAsync(entry, classed.Digest, cancellationToken))?.Reason;
        var proposal = gated.Action.GetRawText();
        if (refusal is null && await context.Scribe.Blobs.PutAsync(Encoding.UTF8.GetBytes(proposal), cancellationToken) != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proposal))))
        {
            refusal = "it holds a secret, which no journal may hold";
        }

        if (refusal is not null)
        {
            await context.Scribe.WriteAsync(new ActionProposed(0, 0, proposal, action.Summary, classed.Digest, FailureMode.PolicyViolation, refusal, gated.Arm), entry.Finding.Id, false, cancellationToken);
            return;
        }

        if (!await context.Scribe.Observer.ConfirmAsync(classed.PlanFor(context.Target.Name, entry.Finding.Id), cancellationToken))
        {
            await attempts.EndAsync(entry, new AttemptOutcome(ItemState.Skipped, FailureMode.None, "not confirmed"), gated.Arm);
            return;
        }

        var attempt = entry.Attempts + 1;
        await context.Scribe.WriteAsync(new ActionProposed(0, attempt, proposal, action.Summary, classed.Digest, FailureMode.None, "", gated.Arm), entry.Finding.Id, true, cancellationToken);
        var outcome = await attempts.RunAsync(new Draft(entry, attempt, action, classed.Digest, classed.Risk, classed.Gate.NeedsDeadMan), cancellationToken);
        if (_breaker.Note(outcome.Fingerprint))
        {
            var reason = $"the same fault ({outcome.Fingerprint}) on several items in a row: {outcome.Reason}";
            await context.Scribe.WriteAsync(new TargetParked(reason, outcome.Fingerprint), null, true, CancellationToken.None);
        }
    }

    /// <summary>Says once why a proposer said nothing: with the small model gone, what the extractor finds is a suggestion only.</summary>
    private async Task NoteMissingAsync(IProposalDesk desk, CancellationToken cancellationToken)
    {
        if (desk.Missing.Length > 0 && desk.Missing != _missing)
        {
            _missing = desk.Missing;
            await context.Scribe.WriteAsync(new Noted(_missing), null, false, cancellationToken);
        }
    }
}
