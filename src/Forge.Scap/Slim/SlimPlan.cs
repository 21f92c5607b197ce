using System.Xml.Linq;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>What goes into a slim data stream.</summary>
internal sealed class SlimPlan
{
    private readonly ContentIndex _index;
    private readonly Dictionary<string, HashSet<string>> _roots = [];
    private readonly Dictionary<string, string> _exported = [];

    private SlimPlan(ContentIndex index) => _index = index;

    /// <summary>Why it cannot be cut safely; null where it can.</summary>
    public string? Reason { get; private set; }

    /// <summary>Rules by id in document order.</summary>
    public List<string> RuleIds { get; } = [];

    /// <summary>Values by id.</summary>
    public HashSet<string> ValueIds { get; } = [];

    /// <summary>Platforms of the platform specification by id.</summary>
    public HashSet<string> PlatformIds { get; } = [];

    /// <summary>Names of the catalogue that stay, for the checklist and for dictionaries alike.</summary>
    public HashSet<string> CatalogNames { get; } = [];

    /// <summary>Components that stay, by id.</summary>
    public HashSet<string> ComponentIds { get; } = [];

    /// <summary>OVAL items that stay, by component.</summary>
    public Dictionary<string, HashSet<OvalItem>> Oval { get; } = [];

    /// <summary>Makes a plan.</summary>
    public static SlimPlan Make(ContentIndex index, IReadOnlyCollection<string> ruleIds, ResolvedProfile profile)
    {
        var plan = new SlimPlan(index);
        plan.Reason = plan.TakeRules(ruleIds, profile) ?? plan.TakePlatforms(profile) ?? plan.TakeOval() ?? plan.SharedVariable(profile);
        return plan;
    }

    private string? TakeRules(IReadOnlyCollection<string> ruleIds, ResolvedProfile profile)
    {
        var wanted = ruleIds.ToHashSet();
        foreach (var rule in profile.Benchmark.Rules)
        {
            if (wanted.Remove(rule.Id))
            {
                RuleIds.Add(rule.Id);
            }
        }

        if (wanted.Count > 0)
        {
            return $"rule '{wanted.Order(StringComparer.Ordinal).First()}' is not in benchmark '{profile.Benchmark.Id}'";
        }

        foreach (var id in RuleIds)
        {
            if (!_index.Benchmark!.Rules.TryGetValue(id, out var element))
            {
                return $"rule '{id}' is not in the data stream that was opened";
            }

            var reason = element.Descendants(ScapNames.Xc + "check").Select(c => TakeCheck(c, id)).FirstOrDefault(r => r is not null);
            if (reason is not null)
            {
                return reason;
            }
        }

        return null;
    }

    private string? TakeCheck(XElement check, string ruleId)
    {
        if (!SlimWriter.IsKept(check))
        {
            return null;
        }

        foreach (var export in check.Elements(ScapNames.Xc + "check-export"))
        {
            var value = (string?)export.Attribute("value-id") ?? "";
            if (!_index.Benchmark!.Values.ContainsKey(value))
            {
                return $"rule '{ruleId}' uses value '{value}', which does not exist";
            }

            ValueIds.Add(value);
            _exported[(string?)export.Attribute("export-name") ?? ""] = value;
        }

        if (check.Element(ScapNames.Xc + "check-content") is not null)
        {
            return null;
        }

        foreach (var content in check.Elements(ScapNames.Xc + "check-content-ref"))
        {
            var reason = TakeContent((string?)content.Attribute("href") ?? "", (string?)content.Attribute("name"));
            if (reason is not null)
            {
                return $"rule '{ruleId}': {reason}";
            }
        }

        return null;
    }

    /// <summary>Takes a part of a file that the catalogue names, or all of it.</summary>
    private string? TakeContent(string href, string? name)
    {
        if (!_index.Catalog.TryGetValue(href, out var component))
        {
            // What the catalogue does not name cannot be resolved in the full stream either.
            return null;
        }

        CatalogNames.Add(href);
        if (component.Length == 0 || !_index.Oval.TryGetValue(component, out var oval))
        {
            // A script, or a file elsewhere that is named and not embedded.
            if (component.Length > 0)
            {
                ComponentIds.Add(component);
            }

            return component.Length == 0 || _index.Others.ContainsKey(component) ? null : $"component '{component}' is neither OVAL nor a script";
        }

        ComponentIds.Add(component);
        var roots = _roots.TryGetValue(component, out var known) ? known : _roots[component] = [];
        roots.UnionWith(name is null ? oval.Definitions : [name]);
        return null;
    }

    private string? TakePlatforms(ResolvedProfile profile)
    {
        var names = profile.Benchmark.Platforms.Concat(RuleIds.SelectMany(id => profile.Benchmark.RulesById[id].PlatformChain()).SelectMany(p => p));
        foreach (var name in names)
        {
            var id = name.StartsWith('#') ? name[1..] : name;
            if (_index.Benchmark!.Platforms.TryGetValue(id, out var platform) && PlatformIds.Add(id))
            {
                foreach (var fact in platform.Descendants(ScapNames.CpeLang + "check-fact-ref"))
                {
                    var reason = TakeContent((string?)fact.Attribute("href") ?? "", (string?)fact.Attribute("id-ref"));
                    if (reason is not null)
                    {
                        return $"platform '{id}': {reason}";
                    }
                }
            }
        }

        return TakeDictionaries();
    }

    /// <summary>Dictionaries stay whole: they are small, and names match by pattern.</summary>
    private string? TakeDictionaries()
    {
        foreach (var reference in _index.DataStream!.Elements(ScapNames.Ds + "dictionaries").Elements(ScapNames.Ds + "component-ref"))
        {
            var component = DataStreamCatalog.Component(reference);
            if (!_index.Others.TryGetValue(component, out var dictionary))
            {
                return $"dictionary '{component}' is not in the data stream";
            }

            ComponentIds.Add(component);
            foreach (var check in dictionary.Descendants(ScapNames.CpeDict + "check"))
            {
                var reason = TakeContent((string?)check.Attribute("href") ?? "", check.Value.Trim());
                if (reason is not null)
                {
                    return $"dictionary '{component}': {reason}";
                }
            }
        }

        return null;
    }

    private string? TakeOval()
    {
        foreach (var (component, roots) in _roots)
        {
            var missing = new SortedSet<string>(StringComparer.Ordinal);
            var kept = _index.Oval[component].Closure(roots, missing);

            // A definition that a rule names and that is missing is missing in the full stream too; a broken item in between is not understood.
            missing.ExceptWith(roots);
            if (missing.Count > 0)
            {
                return $"OVAL item '{missing.Min}' is referred to and does not exist";
            }

            var open = kept.FirstOrDefault(i => i.Element.Name.LocalName == "external_variable" && !_exported.ContainsKey(i.Id));
            if (open is not null)
            {
                return $"OVAL variable '{open.Id}' is not exported by the rules, so that its value depends on other rules";
            }

            Oval.Add(component, kept);
        }

        return null;
    }

    /// <summary>oscap evaluates a definition once in a scan, so that a variable to which two rules give different values makes verdicts depend on their order.</summary>
    private string? SharedVariable(ResolvedProfile profile)
    {
        var exports = profile.Rules
            .SelectMany(r => r.Rule.Checks)
            .SelectMany(c => c.Exports)
            .Where(e => _exported.TryGetValue(e.Name, out var own) && own != e.ValueId);
        return exports.FirstOrDefault() is { } other
            ? $"variable '{other.Name}' also gets value '{other.ValueId}' from another rule of the profile"
            : null;
    }
}
