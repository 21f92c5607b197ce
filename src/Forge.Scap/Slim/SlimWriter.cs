using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>Writes a planned slim data stream; the same plan gives the same bytes.</summary>
internal static class SlimWriter
{
    private const string NoProfile = "xccdf_forge_profile_default";

    /// <summary>Id of the profile in the slim stream: XCCDF wants a valid one where the benchmark's own selection is used.</summary>
    public static string ProfileId(ResolvedProfile profile) => profile.Id == ProfileResolver.DefaultProfileId ? NoProfile : profile.Id;

    /// <summary>Whether a check stays in its rule: questionnaires stay only within complex checks, where they count as not checked.</summary>
    public static bool IsKept(XElement check) =>
        (string?)check.Attribute("system") != ScapNames.OcilSystem || check.Parent?.Name.LocalName == "complex-check";

    /// <summary>Writes the stream.</summary>
    public static void Write(ContentIndex index, SlimPlan plan, ResolvedProfile profile, Stream output)
    {
        // Lines are not for the eye: oscap 1.3.7 loses elements, or crashes, where elements follow each other without white space.
        using var writer = XmlWriter.Create(output, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            CloseOutput = false,
            Indent = true,
            IndentChars = "",
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
        });
        Start(writer, index.Collection);
        foreach (var (prefix, uri) in index.Prefixes)
        {
            if (writer.LookupPrefix(uri) is null)
            {
                writer.WriteAttributeString("xmlns", prefix, null, uri);
            }
        }

        DataStream(writer, index, plan);
        foreach (var id in plan.ComponentIds.Order(StringComparer.Ordinal))
        {
            Component(writer, index, plan, id);
        }

        StartComponent(writer, index, index.Checklist!.ComponentId);
        Benchmark(writer, index.Benchmark!, plan, profile);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void Start(XmlWriter writer, XElement element)
    {
        writer.WriteStartElement(element.Name.NamespaceName == ScapNames.DataStream ? "ds" : null, element.Name.LocalName, element.Name.NamespaceName);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration)
            {
                writer.WriteAttributeString(attribute.Name.LocalName, attribute.Name.NamespaceName, attribute.Value);
            }
        }
    }

    private static void DataStream(XmlWriter writer, ContentIndex index, SlimPlan plan)
    {
        Start(writer, index.DataStream!);
        var named = index.DataStream!.Descendants(ScapNames.Cat + "uri")
            .Where(u => plan.CatalogNames.Contains((string?)u.Attribute("name") ?? ""))
            .Select(u => ((string?)u.Attribute("uri") ?? "").TrimStart('#'))
            .ToHashSet();
        foreach (var list in index.DataStream.Elements())
        {
            var references = list.Elements(ScapNames.Ds + "component-ref").Where(r => IsKept(r, list, index, named)).ToList();
            if (references.Count == 0)
            {
                continue;
            }

            Start(writer, list);
            references.ForEach(r => Reference(writer, r, plan));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static bool IsKept(XElement reference, XElement list, ContentIndex index, HashSet<string> named)
    {
        var id = (string?)reference.Attribute("id") ?? "";
        return list.Name.LocalName == "dictionaries" || id == index.Checklist!.Id || named.Contains(id);
    }

    private static void Reference(XmlWriter writer, XElement reference, SlimPlan plan)
    {
        Start(writer, reference);
        var uris = reference.Descendants(ScapNames.Cat + "uri").Where(u => plan.CatalogNames.Contains((string?)u.Attribute("name") ?? "")).ToList();
        if (uris.Count > 0)
        {
            writer.WriteStartElement("catalog", ScapNames.Catalog);
            uris.ForEach(u => u.WriteTo(writer));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void Component(XmlWriter writer, ContentIndex index, SlimPlan plan, string id)
    {
        if (plan.Oval.TryGetValue(id, out var kept))
        {
            StartComponent(writer, index, id);
            index.Oval[id].Write(writer, kept);
            writer.WriteEndElement();
        }
        else if (index.Others.TryGetValue(id, out var other))
        {
            if (other.Name.LocalName == "component")
            {
                StartComponent(writer, index, id);
                other.Elements().First().WriteTo(writer);
                writer.WriteEndElement();
            }
            else
            {
                other.WriteTo(writer);
            }
        }
    }

    private static void StartComponent(XmlWriter writer, ContentIndex index, string id)
    {
        writer.WriteStartElement("component", ScapNames.DataStream);
        writer.WriteAttributeString("id", id);
        writer.WriteAttributeString("timestamp", index.Checklist!.Timestamp);
    }

    private static void Benchmark(XmlWriter writer, XccdfIndex xccdf, SlimPlan plan, ResolvedProfile profile)
    {
        Start(writer, xccdf.Head);
        Parts(writer, xccdf.Head, "status", "title");
        if (plan.PlatformIds.Count > 0)
        {
            writer.WriteStartElement("platform-specification", ScapNames.CpeLanguage);
            foreach (var id in plan.PlatformIds.Order(StringComparer.Ordinal))
            {
                xccdf.Platforms[id].WriteTo(writer);
            }

            writer.WriteEndElement();
        }

        Parts(writer, xccdf.Head, "platform", "version", "model");
        Profile(writer, plan, profile);
        foreach (var id in plan.ValueIds.Order(StringComparer.Ordinal))
        {
            xccdf.Values[id].WriteTo(writer);
        }

        Items(writer, xccdf, plan.RuleIds.ConvertAll(id => profile.Benchmark.RulesById[id]));
        writer.WriteEndElement();
    }

    private static void Parts(XmlWriter writer, XElement head, params string[] names)
    {
        foreach (var name in names)
        {
            foreach (var part in head.Elements(ScapNames.Xc + name))
            {
                part.WriteTo(writer);
            }
        }
    }

    private static void Profile(XmlWriter writer, SlimPlan plan, ResolvedProfile profile)
    {
        writer.WriteStartElement("Profile", ScapNames.Xccdf);
        writer.WriteAttributeString("id", ProfileId(profile));
        writer.WriteElementString("title", ScapNames.Xccdf, profile.Title);
        foreach (var id in plan.RuleIds)
        {
            Change(writer, "select", id, ("selected", "true"));
        }

        foreach (var id in plan.ValueIds.Order(StringComparer.Ordinal))
        {
            var value = profile.Values[id];
            if (value.Setting is { } setting)
            {
                writer.WriteStartElement("set-value", ScapNames.Xccdf);
                writer.WriteAttributeString("idref", id);
                writer.WriteString(setting.Text);
                writer.WriteEndElement();
            }

            if (value.Refinement is { } refinement)
            {
                Change(writer, "refine-value", id, ("selector", refinement.Selector), ("operator", refinement.Operator));
            }
        }

        foreach (var id in plan.RuleIds)
        {
            Refine(writer, profile, id);
        }

        writer.WriteEndElement();
    }

    private static void Refine(XmlWriter writer, ResolvedProfile profile, string id)
    {
        var rule = profile.Benchmark.RulesById[id];
        if (!profile.RulesById.TryGetValue(id, out var selected) || selected == new SelectedRule(rule, rule.Severity, rule.Weight, rule.Role, null))
        {
            return;
        }

        Change(
            writer,
            "refine-rule",
            id,
            ("selector", selected.CheckSelector),
            ("weight", selected.Weight.ToString(CultureInfo.InvariantCulture)),
            ("role", XccdfWords.Word(selected.Role)),
            ("severity", XccdfWords.Word(selected.Severity)));
    }

    private static void Change(XmlWriter writer, string element, string idRef, params (string Name, string? Value)[] attributes)
    {
        writer.WriteStartElement(element, ScapNames.Xccdf);
        writer.WriteAttributeString("idref", idRef);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                writer.WriteAttributeString(name, value);
            }
        }

        writer.WriteEndElement();
    }

    /// <summary>Writes rules within the groups around them; rules come in document order, so groups open and close like in the full document.</summary>
    private static void Items(XmlWriter writer, XccdfIndex xccdf, List<Rule> rules)
    {
        var open = new Stack<string>();
        foreach (var rule in rules)
        {
            var path = new List<string>();
            for (var group = rule.Group; group is not null; group = group.Parent)
            {
                path.Insert(0, group.Id);
            }

            while (open.Count > path.Count || (open.Count > 0 && open.Peek() != path[open.Count - 1]))
            {
                open.Pop();
                writer.WriteEndElement();
            }

            foreach (var id in path.Skip(open.Count).ToList())
            {
                Start(writer, xccdf.Groups[id]);
                xccdf.Groups[id].Elements().ToList().ForEach(e => e.WriteTo(writer));
                open.Push(id);
            }

            RuleElement(writer, xccdf.Rules[rule.Id]);
        }

        while (open.TryPop(out _))
        {
            writer.WriteEndElement();
        }
    }

    private static void RuleElement(XmlWriter writer, XElement rule)
    {
        Start(writer, rule);
        foreach (var part in rule.Elements())
        {
            if (part.Name.LocalName != "check" || IsKept(part))
            {
                part.WriteTo(writer);
            }
        }

        writer.WriteEndElement();
    }
}
