using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>Which rules a list of changes selects: a rule counts only where all groups around it count, and where its requirements hold and nothing
/// conflicts with it, looked at in document order (NISTIR 7275 rev. 4, section 7.2.3.3.2).</summary>
internal sealed class Selection
{
    private readonly Benchmark _benchmark;
    private readonly Dictionary<string, bool> _selected = [];
    private readonly Dictionary<string, RefineRuleChange> _refinements = [];
    private readonly Dictionary<string, bool> _groupsHold = [];

    public Selection(Benchmark benchmark, IReadOnlyList<ProfileChange> changes)
    {
        _benchmark = benchmark;
        foreach (var group in benchmark.Groups.Values)
        {
            _selected[group.Id] = group.Selected;
        }

        foreach (var rule in benchmark.Rules)
        {
            _selected[rule.Id] = rule.Selected;
        }

        var clusters = Clusters(benchmark);
        foreach (var change in changes)
        {
            foreach (var id in Ids(change.IdRef, clusters))
            {
                Apply(change, id);
            }
        }
    }

    /// <summary>The rules that count, in document order.</summary>
    public IReadOnlyList<SelectedRule> Rules()
    {
        var rules = new List<SelectedRule>();
        foreach (var rule in _benchmark.Rules)
        {
            if (!_selected[rule.Id] || !Holds(rule.Group))
            {
                continue;
            }

            if (!Agrees(rule.Requires, rule.Conflicts))
            {
                _selected[rule.Id] = false;
                continue;
            }

            var refined = _refinements.GetValueOrDefault(rule.Id);
            rules.Add(new SelectedRule(
                rule,
                refined?.Severity ?? rule.Severity,
                refined?.Weight ?? rule.Weight,
                refined?.Role ?? rule.Role,
                refined?.Selector));
        }

        return rules;
    }

    private static Dictionary<string, List<string>> Clusters(Benchmark benchmark)
    {
        var clusters = new Dictionary<string, List<string>>();
        var members = benchmark.Rules.Select(r => (r.ClusterId, r.Id)).Concat(benchmark.Groups.Values.Select(g => (g.ClusterId, g.Id)));
        foreach (var (cluster, id) in members)
        {
            if (cluster is not null)
            {
                (clusters.TryGetValue(cluster, out var list) ? list : clusters[cluster] = []).Add(id);
            }
        }

        return clusters;
    }

    private IReadOnlyList<string> Ids(string idRef, Dictionary<string, List<string>> clusters)
    {
        if (_selected.ContainsKey(idRef))
        {
            return [idRef];
        }

        return clusters.TryGetValue(idRef, out var members) ? members : [];
    }

    private void Apply(ProfileChange change, string id)
    {
        switch (change)
        {
            case SelectChange select:
                _selected[id] = select.Selected;
                break;
            case RefineRuleChange refine:
                var before = _refinements.GetValueOrDefault(id);
                _refinements[id] = before is null
                    ? refine
                    : new RefineRuleChange(
                        id,
                        refine.Severity ?? before.Severity,
                        refine.Weight ?? before.Weight,
                        refine.Role ?? before.Role,
                        refine.Selector ?? before.Selector);
                break;
        }
    }

    private bool Holds(Group? group)
    {
        if (group is null)
        {
            return true;
        }

        if (!_groupsHold.TryGetValue(group.Id, out var holds))
        {
            holds = Holds(group.Parent) && _selected[group.Id] && Agrees(group.Requires, group.Conflicts);
            _groupsHold.Add(group.Id, holds);
        }

        return holds;
    }

    private bool Agrees(IReadOnlyList<IReadOnlyList<string>> requires, IReadOnlyList<string> conflicts) =>
        requires.All(any => any.Any(id => _selected.GetValueOrDefault(id))) && !conflicts.Any(id => _selected.GetValueOrDefault(id));
}
