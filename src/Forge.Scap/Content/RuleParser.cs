using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads rule elements. Addresses of references repeat thousands of times and are kept once.</summary>
internal sealed class RuleParser(IReadOnlySet<string>? fixSystems)
{
    private readonly Dictionary<string, string> _once = [];

    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public Rule Parse(GuardedXmlReader reader, Group? group)
    {
        BenchmarkParser.RefuseExtends(reader);
        var parts = new RuleParts();
        var rule = new Rule
        {
            Id = reader.Required("id"),
            Title = "",
            Group = group,
            Description = XccdfText.Empty,
            Rationale = XccdfText.Empty,
            Severity = reader.GetAttribute("severity") is { } severity ? XccdfWords.Severity(reader, severity) : RuleSeverity.Unknown,
            Weight = reader.GetAttribute("weight") is { } weight ? XccdfWords.Weight(reader, weight) : 1.0,
            Role = reader.GetAttribute("role") is { } role ? XccdfWords.Role(reader, role) : RuleRole.Full,
            Selected = BenchmarkParser.Flag(reader, "selected", true),
            ClusterId = reader.GetAttribute("cluster-id"),
        };
        XmlWalk.Children(reader, child => child.NamespaceURI == ScapNames.Xccdf && Child(child, parts));
        return rule with
        {
            Title = parts.Title,
            Description = parts.Description,
            Rationale = parts.Rationale,
            Platforms = parts.Platforms,
            Requires = parts.Requires,
            Conflicts = parts.Conflicts,
            References = parts.References,
            Idents = parts.Idents,
            Fixes = parts.Fixes,
            FixTexts = parts.FixTexts,
            Warnings = parts.Warnings,
            Checks = parts.Checks,
            ComplexCheck = parts.ComplexCheck,
        };
    }

    private bool Child(GuardedXmlReader child, RuleParts parts)
    {
        switch (child.LocalName)
        {
            case "title":
                var title = XmlWalk.Text(child).Trim();
                parts.Title = parts.Title.Length > 0 ? parts.Title : title;
                return true;
            case "description":
                var description = MarkupParser.Parse(child);
                parts.Description = parts.Description.IsEmpty ? description : parts.Description;
                return true;
            case "rationale":
                var rationale = MarkupParser.Parse(child);
                parts.Rationale = parts.Rationale.IsEmpty ? rationale : parts.Rationale;
                return true;
            case "warning":
                parts.Warnings.Add(MarkupParser.Parse(child));
                return true;
            case "fixtext":
                parts.FixTexts.Add(MarkupParser.Parse(child));
                return true;
            case "reference":
                var href = Once(child.GetAttribute("href") ?? "");
                parts.References.Add(new RuleReference(href, XmlWalk.Text(child).Trim()));
                return true;
            case "ident":
                var system = Once(child.Required("system"));
                parts.Idents.Add(new RuleIdent(system, XmlWalk.Text(child).Trim()));
                return true;
            default:
                return Working(child, parts);
        }
    }

    private bool Working(GuardedXmlReader child, RuleParts parts)
    {
        switch (child.LocalName)
        {
            case "platform":
                parts.Platforms.Add(Once(child.Required("idref")));
                return false;
            case "requires":
                parts.Requires.Add(BenchmarkParser.Words(child.Required("idref")));
                return false;
            case "conflicts":
                parts.Conflicts.Add(child.Required("idref"));
                return false;
            case "fix":
                return ReadFix(child, parts);
            case "check":
                parts.Checks.Add(CheckParser.Parse(child));
                return true;
            case "complex-check":
                var complex = CheckParser.ParseComplex(child);
                parts.ComplexCheck ??= complex;
                return true;
            default:
                return false;
        }
    }

    private bool ReadFix(GuardedXmlReader child, RuleParts parts)
    {
        var system = Once(child.GetAttribute("system") ?? "");
        if (fixSystems is not null && !fixSystems.Contains(system))
        {
            return false;
        }

        var fix = new Fix
        {
            Id = child.GetAttribute("id") ?? "",
            System = system,
            Complexity = Once(child.GetAttribute("complexity") ?? ""),
            Disruption = Once(child.GetAttribute("disruption") ?? ""),
            Reboot = BenchmarkParser.Flag(child, "reboot", false),
            Strategy = Once(child.GetAttribute("strategy") ?? ""),
            Platform = child.GetAttribute("platform") ?? "",
            Content = XccdfText.Empty,
        };
        parts.Fixes.Add(fix with { Content = FixContentParser.Parse(child) });
        return true;
    }

    private string Once(string text)
    {
        if (_once.TryGetValue(text, out var known))
        {
            return known;
        }

        _once.Add(text, text);
        return text;
    }
}
