using Forge.Core.Evaluation;

namespace Forge.Core.Loop;

/// <summary>The verdict of every item as far as it is known now. What was seen under a change that is taken back is forgotten with it.</summary>
internal sealed class VerdictBook
{
    private readonly Dictionary<string, VerdictKind> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, VerdictKind>> _before = new(StringComparer.Ordinal);

    /// <summary>By item id.</summary>
    public IReadOnlyDictionary<string, VerdictKind> Current => _current;

    /// <summary>Takes a full scan.</summary>
    public void TakeScan(IReadOnlyDictionary<string, VerdictKind> verdicts)
    {
        foreach (var (id, verdict) in verdicts)
        {
            _current[id] = verdict;
        }
    }

    /// <summary>Takes what was seen after an item's change, for itself and for others.</summary>
    public void TakeEvaluation(string item, VerdictKind verdict, IReadOnlyDictionary<string, VerdictKind> others)
    {
        _before[item] = others.Keys.Where(_current.ContainsKey).ToDictionary(id => id, id => _current[id], StringComparer.Ordinal);
        _current[item] = verdict;
        TakeScan(others);
    }

    /// <summary>Takes how an item ended.</summary>
    public void End(string item, ItemState outcome)
    {
        if (_before.Remove(item, out var before) && outcome is not (ItemState.Remediated or ItemState.Deferred))
        {
            TakeScan(before);
        }

        _current[item] = outcome switch
        {
            ItemState.Remediated or ItemState.AlreadyPassing => VerdictKind.Pass,
            ItemState.NotApplicable => VerdictKind.NotApplicable,
            _ => VerdictKind.Fail,
        };
    }

    /// <summary>A revert from outside took the item's change away.</summary>
    public void Lose(string item) => _current[item] = VerdictKind.Fail;
}
