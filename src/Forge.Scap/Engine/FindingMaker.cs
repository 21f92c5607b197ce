using Forge.Core.Actions.Shell;
using Forge.Core.Conflicts;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Skills;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Remediation;
using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>Turns rules and their results into the nouns of the loop.</summary>
internal static class FindingMaker
{
    private const int MostEvidence = 2000;

    // Catalogues of ComplianceAsCode content, by the short names that its benchmarks give, and the names under which people know them.
    private static readonly Dictionary<string, string> Catalogues = new()
    {
        ["stigid"] = "STIG",
        ["stigref"] = "SRG",
        ["os-srg"] = "SRG",
        ["cis"] = "CIS",
        ["disa"] = "CCI",
    };

    /// <summary>The verdict of a result.</summary>
    public static Verdict Verdict(string shortId, RuleResult result) => new(shortId, Kind(result.Outcome), Evidence(result));

    /// <summary>The finding of a rule that fails.</summary>
    public static Finding Finding(SkillSession session, PreparedContent content, SelectedRule selected, RuleResult result, DateTimeOffset now)
    {
        var rule = selected.Rule;
        var fix = FixRenderer.Choose(rule, content.Settings.FixSystem);
        var id = content.ShortId(rule.Id);
        return new Finding
        {
            Id = id,
            Target = session.Target.Name,
            Skill = session.Skill.Name,
            Profile = content.Profile.Id,
            FullId = rule.Id,
            Title = rule.Title,
            Severity = Severity(selected.Severity),
            Category = Category(rule.Group),
            Evidence = Evidence(result),
            Description = FixRenderer.RenderText(content.Profile, rule.Description),
            Resources = content.Touches?.GetValueOrDefault(id) ?? [],
            DependsOn = [.. rule.Requires.Where(r => r.Count == 1).Select(r => r[0]).Where(content.Profile.RulesById.ContainsKey).Select(content.ShortId)],
            NeedsReboot = fix?.Reboot ?? false,
            HasFix = fix is not null && !content.Settings.Withheld.Contains(id),
            References = References(content.Profile.Benchmark, rule),
            FoundAt = result.Time ?? now,
        };
    }

    /// <summary>What each rule of the profile touches: what its check reads and what its fix names.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Resource>> Touches(PreparedContent content)
    {
        var touches = new Dictionary<string, IReadOnlyList<Resource>>();
        foreach (var selected in content.Profile.Rules)
        {
            var reads = content.Loaded.Cutter?.Reads(selected.Rule) ?? [];
            var script = ScriptOf(content, selected.Rule);
            var named = script is null ? [] : ShellEffectsReader.Read(script).Resources;
            touches[content.ShortId(selected.Rule.Id)] = [.. reads.Union(named)];
        }

        return touches;
    }

    /// <summary>What each rule's fix brings about, in the content's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<Demand>>> Demands(PreparedContent content) => [.. content.Profile.Rules
        .Select(s => KeyValuePair.Create(
            content.ShortId(s.Rule.Id),
            ScriptOf(content, s.Rule) is { } script ? DemandReader.Read(script) : []))
        .Where(d => d.Value.Count > 0)];

    /// <summary>The content's fix of a rule; null where it has none or none is to be used.</summary>
    public static string? ScriptOf(PreparedContent content, Rule rule) =>
        content.Settings.Withheld.Contains(content.ShortId(rule.Id)) ? null : FixRenderer.Render(content.Profile, rule, content.Settings.FixSystem)?.Script;

    /// <summary>The short id of the second group from the top, for example <c>auditing</c> of <c>system/auditing/auditd_configure_rules</c>.</summary>
    private static string Category(Group? group)
    {
        var path = new List<string>();
        for (; group is not null; group = group.Parent)
        {
            var at = group.Id.LastIndexOf("_group_", StringComparison.Ordinal);
            path.Insert(0, at < 0 ? group.Id : group.Id[(at + "_group_".Length)..]);
        }

        return path.Count switch { 0 => "", 1 => path[0], _ => path[1] };
    }

    private static List<Reference> References(Benchmark benchmark, Rule rule)
    {
        var references = rule.Idents
            .Select(i => new Reference(i.System.Contains("cce", StringComparison.OrdinalIgnoreCase) ? "CCE" : i.System, i.Text))
            .ToList();
        foreach (var reference in rule.References)
        {
            if (benchmark.ReferenceNames.TryGetValue(reference.Href, out var name) && Catalogues.TryGetValue(name, out var system))
            {
                references.Add(new Reference(system, reference.Text));
            }
        }

        return references;
    }

    private static string Evidence(RuleResult result)
    {
        var text = string.Join('\n', result.Messages);
        text = new string([.. text.Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        return text.Length > MostEvidence ? text[..MostEvidence] + "…" : text;
    }

    private static Severity Severity(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Info => Core.Findings.Severity.Info,
        RuleSeverity.Low => Core.Findings.Severity.Low,
        RuleSeverity.Medium => Core.Findings.Severity.Medium,
        RuleSeverity.High => Core.Findings.Severity.High,
        _ => Core.Findings.Severity.Unknown,
    };

    private static VerdictKind Kind(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Pass => VerdictKind.Pass,
        RuleOutcome.Fail => VerdictKind.Fail,
        RuleOutcome.Error => VerdictKind.Error,
        RuleOutcome.NotApplicable => VerdictKind.NotApplicable,
        RuleOutcome.NotChecked => VerdictKind.NotChecked,
        RuleOutcome.NotSelected => VerdictKind.NotSelected,
        RuleOutcome.Informational => VerdictKind.Informational,
        RuleOutcome.Fixed => VerdictKind.Fixed,
        _ => VerdictKind.Unknown,
    };
}
