using System.Collections.Concurrent;
using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Core.Skills;

namespace Forge.Core.Proposals;

/// <summary>
/// Asks the skill's extractor and the small model, and lets the gate decide. A text is asked about once. A model that cannot be asked is given up for the run and said
/// so; the extractor's proposals are suggestions then, because nobody seconds them.
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

        var extracted = extractor is null ? null : await ReadAsync(extractor, text, cancellationToken);
        var (modelled, usage, seconds) = isModelExcluded ? (null, ModelUsage.None, 0) : await AskAsync(text, cancellationToken);
        var gated = ProposalGate.Decide(extracted, modelled, isModelExcluded, _model.IsValueCreated ? _model.Value.Model?.ModelAlone ?? double.MaxValue : double.MaxValue);
        return new ProposalAdvice(_known[key] = gated, usage, seconds);
    }

    /// <summary>Lets go of what orders the requests; the model is its giver's.</summary>
    public void Dispose() => _asking.Dispose();

    private async Task<ActionProposal?> ReadAsync(IActionProposer extractor, RuleText text, CancellationToken cancellationToken)
    {
        try
        {
            return await extractor.ProposeAsync(text, cancellationToken);
        }
        catch (ForgeException e) when (e.Kind == ForgeErrorKind.Timeout)
        {
            // A pattern that one text makes too slow: that text has no proposal of it, the night goes on.
            _slow = $"one text was not read by the extractor: {e.Message}";
            return null;
        }
    }

    private async Task<(ActionProposal? Proposal, ModelUsage Usage, double Seconds)> AskAsync(RuleText text, CancellationToken cancellationToken)
    {
        if (_lost.Length > 0 || _model.Value.Model is not { Proposer: var proposer })
        {
            return (null, ModelUsage.None, 0);
        }

        // One at a time, so that what it cost is this text's; the model's process answers one at a time anyway.
        await _asking.WaitAsync(cancellationToken);
        var (start, before) = (Stopwatch.GetTimestamp(), proposer.Spent);
        try
        {
            var proposal = await AnswerAsync(proposer, text, cancellationToken);
            return (proposal, proposer.Spent.Minus(before), Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        finally
        {
            _asking.Release();
        }
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
