using System.Text.RegularExpressions;
using Forge.Core.Findings;
using Forge.Core.Skills;

namespace Forge.Core.Ordering;

/// <summary>
/// Puts items into the order in which they are done: by the skill's phases, within a phase after what they depend on, else by severity (high first) and the
/// content's own order. Deterministic. A dependency on an item that is not among the work is met elsewhere and does not count. Two that depend on each other
/// keep the content's order, a longer cycle is broken at the item that comes first in the content; both are named.
/// </summary>
public sealed class WorkOrder
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);
    private readonly Skill _skill;

    /// <summary>Makes the order of a skill.</summary>
    public WorkOrder(Skill skill) => _skill = skill;

    /// <summary>The phase that an item belongs to: the first that it matches; the number after the last one where it matches none.</summary>
    public int PhaseOf(Finding finding)
    {
        for (var i = 0; i < _skill.Phases.Count; i++)
        {
            if (Matches(_skill.Phases[i], finding))
            {
                return i;
            }
        }

        return _skill.Phases.Count;
    }

    /// <summary>Name of the phase with a number.</summary>
    public string NameOf(int phase) => phase < _skill.Phases.Count ? _skill.Phases[phase].Name : "rest";

    /// <summary>The decision that an item needs; null where it needs none.</summary>
    public SkillDecision? DecisionFor(Finding finding) => _skill.Decisions.FirstOrDefault(d => MatchesAny(d.Ids, finding.Id));

    /// <summary>The skill's own fix for an item; null where it has none.</summary>
    public SkillFix? FixFor(Finding finding) => _skill.Fixes.FirstOrDefault(f => MatchesAny(f.Ids, finding.Id));

    /// <summary>Orders items.</summary>
    /// <param name="findings">The items in the content's order.</param>
    /// <param name="cycles">Ids at which a dependency cycle was broken.</param>
    public IReadOnlyList<Finding> Arrange(IReadOnlyList<Finding> findings, out IReadOnlyList<string> cycles)
    {
        var broken = new List<string>();
        var byId = findings.ToDictionary(f => f.Id, StringComparer.Ordinal);
        var done = new Dictionary<string, bool>(StringComparer.Ordinal);
        var ordered = new List<Finding>(findings.Count);
        var sorted = findings.Select((f, i) => (Finding: f, Index: i, Phase: PhaseOf(f)))
            .OrderBy(x => x.Phase).ThenByDescending(x => x.Finding.Severity).ThenBy(x => x.Index).Select(x => x.Finding);
        foreach (var finding in sorted)
        {
            Visit(finding, byId, done, ordered, broken);
        }

        cycles = broken;
        return ordered;
    }

    private static void Visit(Finding finding, Dictionary<string, Finding> byId, Dictionary<string, bool> done, List<Finding> ordered, List<string> broken)
    {
        if (done.TryGetValue(finding.Id, out var finished))
        {
            if (!finished)
            {
                broken.Add(finding.Id);
            }

            return;
        }

        done[finding.Id] = false;
        foreach (var id in finding.DependsOn)
        {
            if (byId.TryGetValue(id, out var before) && finding.Follows(before))
            {
                Visit(before, byId, done, ordered, broken);
            }
            else if (before is not null && !done.ContainsKey(id))
            {
                broken.Add(finding.Id);
            }
        }

        done[finding.Id] = true;
        ordered.Add(finding);
    }

    private static bool Matches(SkillPhase phase, Finding finding) =>
        (phase.Ids.Count == 0 || MatchesAny(phase.Ids, finding.Id))
        && (phase.Categories.Count == 0 || phase.Categories.Contains(finding.Category, StringComparer.Ordinal))
        && (phase.NeedsReboot is not { } needs || needs == finding.NeedsReboot);

    private static bool MatchesAny(IReadOnlyList<string> patterns, string id) =>
        patterns.Any(p => Regex.IsMatch(id, p, RegexOptions.CultureInvariant, MatchLimit));
}
