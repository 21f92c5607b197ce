using System.Collections.Concurrent;
using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Core.Skills;

namespace Forge.Core.Proposals;

/// <summary>
/// Asks the skill's extractor and the small model, and lets the gate decide. A text is asked about once, whatever the number of targets. A model that cannot be asked is given up for the
/// run and said so; of the extractor's proposals those are tried then that need no second opinion.
/// </summary>
/// <param name="extractorOf">The extractor of a skill; null where it has none.</param>
/// <param name="model">The small model; null where there is none, with the reason as the second.</param>
public sealed class ProposalDesk(Func<Skill, IActionProposer?> extractorOf, Func<(GateModel? Model, string Why)> model) : IProposalDesk, IDisposable
{
    private readonly ConcurrentDictionary<string, IActionProposer?> _extractors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Skill, string Arms, string Text), GatedProposal?> _known = new();
    private readonly Lazy<(GateModel? Model, string Why)> _model = new(model);
    private volatile string _lost = "";
    private volatile string _slow = "";
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <inheritdoc/>
    public string Missing => _lost.Length > 0 ? _lost : _slow.Length > 0 ? _slow : _model.IsValueCreated && _model.Value.Why.Length > 0 ? $"the small model is not asked: {_model.Value.Why}" : "";

    /// <inheritdoc/>
    public async Task<ProposalAdvice> ProposeAsync(Skill skill, RuleText text, IReadOnlySet<string> excludedArms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(skill);
        ArgumentNullException.ThrowIfNull(text);
        var isModelExcluded = excludedArms.Contains(SmallModelProposer.ArmName);
        var extractor = excludedArms.Contains("extractor") ? null : _extractors.GetOrAdd(skill.Folder, _ => extractorOf(skill));
        // A skill without patterns has no rules in words, which is what the model was trained on.
        if (skill.ExtractFile is null || (extractor is null && isModelExcluded))
        {
            return ProposalAdvice.None;
        }

        var key = (skill.Folder, $"{extractor is null}{isModelExcluded}{_lost.Length}", $"{text.Title}\n{text.Body}\n{string.Join('\n', text.Names)}");
        if (_known.TryGetValue(key, out var known))
        {
            return new ProposalAdvice(known, ModelUsage.None, 0);
        }

        // One at a time: what it cost is this text's, targets with the same rules do not ask twice, and the model's process answers one at a time anyway.
        await _asking.WaitAsync(cancellationToken);
        try
        {
            return _known.TryGetValue(key, out known) ? new ProposalAdvice(known, ModelUsage.None, 0) : await AskAsync(key, extractor, text, isModelExcluded, cancellationToken);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Lets go of what orders the requests; the model is its giver's.</summary>
    public void Dispose() => _asking.Dispose();

    private async Task<ProposalAdvice> AskAsync(
        (string Skill, string Arms, string Text) key, IActionProposer? extractor, RuleText text, bool isModelExcluded, CancellationToken cancellationToken)
    {
        var (extracted, isRead) = extractor is null ? (null, true) : await ReadAsync(extractor, text, cancellationToken);
        var (modelled, usage, seconds) = isModelExcluded ? (null, ModelUsage.None, 0) : await AskModelAsync(text, cancellationToken);
        var gated = ProposalGate.Decide(extracted, modelled, _model.IsValueCreated ? _model.Value.Model?.ModelAlone ?? double.MaxValue : double.MaxValue);
        if (isRead)
        {
            _known[key] = gated;
        }

        return new ProposalAdvice(gated, usage, seconds, usage.Tokens > 0 ? _model.Value.Model?.Name ?? "" : "");
    }

    private async Task<(ActionProposal? Proposal, bool IsRead)> ReadAsync(IActionProposer extractor, RuleText text, CancellationToken cancellationToken)
    {
        try
        {
            return (await extractor.ProposeAsync(text, cancellationToken), true);
        }
        catch (ForgeException e) when (e.Kind == ForgeErrorKind.Timeout)
        {
            // A pattern that one text, or a machine under load, makes too slow: no proposal of it this time, the night goes on.
            _slow = $"one text was not read by the extractor: {e.Message}";
            return (null, false);
        }
    }

    private async Task<(ActionProposal? Proposal, ModelUsage Usage, double Seconds)> AskModelAsync(RuleText text, CancellationToken cancellationToken)
    {
        if (_lost.Length > 0 || _model.Value.Model is not { Proposer: var proposer })
        {
            return (null, ModelUsage.None, 0);
        }

        var (start, before) = (Stopwatch.GetTimestamp(), proposer.Spent);
        var proposal = await AnswerAsync(proposer, text, cancellationToken);
        return (proposal, proposer.Spent.Minus(before), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<ActionProposal?> AnswerAsync(IActionProposer proposer, RuleText text, CancellationToken cancellationToken)
    {
        try
        {
            return await proposer.ProposeAsync(text, cancellationToken);
        }
        catch (ForgeException e) when (e.Kind is not (ForgeErrorKind.BadInput or ForgeErrorKind.Refused))
        {
            _lost = $"the small model is not asked: {e.Message}";
            return null;
        }
        catch (ForgeException)
        {
            // This one text cannot be asked about (too long for its context, say); the next one may.
            return null;
        }
    }
}
