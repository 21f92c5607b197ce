using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Core.Proposals.Preferences;

/// <summary>What a journal says of the actions proposed for one item of one target.</summary>
internal sealed class ProposedItem
{
    private readonly Dictionary<int, JsonElement> _tried = [];
    private readonly Dictionary<int, string> _arms = [];
    private readonly Dictionary<int, ItemResult> _results = [];
    private readonly Dictionary<string, int> _operations = new(StringComparer.Ordinal);
    private readonly HashSet<int> _undone = [];
    private readonly List<RejectedAction> _refused = [];
    private Finding? _finding;
    private int _attempt;
    private ItemResult? _last;

    /// <summary>Takes an event of the item.</summary>
    public void Take(ForgeEvent @event)
    {
        switch (@event)
        {
            case ItemQueued e: _finding = e.Finding; break;
            case ActionProposed { Attempt: > 0 } e when ActionOf(e.Proposal) is { } action: _tried[e.Attempt] = action; break;
            case ActionProposed { Attempt: 0, Mode: FailureMode.PolicyViolation } e when ActionOf(e.Proposal) is { } action: _refused.Add(new(action, e.Refusal)); break;
            case AttemptStarted e: (_attempt, _arms[e.Attempt]) = (e.Attempt, e.Arm); break;
            case IntentWritten { Attempt: > 0 } e: _operations[e.OperationId] = e.Attempt; break;
            case UndoIntent e when _operations.TryGetValue(e.OperationId, out var attempt): _undone.Add(attempt); break;
            case ItemEnded e:
                _last = e.Result;
                if (_attempt > 0)
                {
                    _results[_attempt] = e.Result;
                }

                break;
            default: break;
        }
    }

    /// <summary>What it shows; null where it shows nothing of any proposal.</summary>
    public Preference? End(string run)
    {
        if (_finding is null)
        {
            return null;
        }

        // Only the last attempt is the one that the item's end speaks of; what was undone afterwards proves nothing.
        JsonElement? chosen = _last?.Outcome == ItemState.Remediated && !_undone.Contains(_attempt) && _tried.TryGetValue(_attempt, out var proven) ? proven : null;
        var rejected = _refused.Concat(_tried.Where(t => IsOwnFailure(t.Key)).OrderBy(t => t.Key).Select(t => new RejectedAction(t.Value, _results[t.Key].FailureMode.ToString())))
            .Where(r => chosen is not { } right || !CanonicalProposal.AreSame(right, r.Action))
            .DistinctBy(r => CanonicalProposal.Of(r.Action), StringComparer.Ordinal).ToList();
        return chosen is null && rejected.Count == 0
            ? null
            : new(_finding.Id, new(_finding.Title, _finding.Description, [.. _finding.Resources.Select(r => r.Name).Distinct(StringComparer.Ordinal)]), chosen, chosen is null ? "" : _arms[_attempt], rejected, [run]);
    }

    /// <summary>Whether an attempt failed by what it did, and not because a machine, a budget or the harness did.</summary>
    private bool IsOwnFailure(int attempt) => _results.TryGetValue(attempt, out var result) && result.Outcome is not (ItemState.Remediated or ItemState.Deferred)
        && result.FailureMode is FailureMode.HealthFailure or FailureMode.EvaluatorGap or FailureMode.FalseSuccess or FailureMode.CleanFailure
            or FailureMode.Hang or FailureMode.PackageConflict or FailureMode.Regression or FailureMode.LostAfterReboot;

    /// <summary>One typed action; null for sequences, scripts and what is no action: a hardening model answers with none of these.</summary>
    private static JsonElement? ActionOf(string proposal)
    {
        try
        {
            using var document = JsonDocument.Parse(proposal);
            var action = document.RootElement.Clone();
            return ActionCatalog.Default.Parse(action, "") is RunScriptAction ? null : action;
        }
        catch (Exception e) when (e is JsonException || e is ForgeException { Id: "ActionInvalid" })
        {
            // What was said is no single action of the catalogue, so there is nothing to learn to say or not to say.
            return null;
        }
    }
}
