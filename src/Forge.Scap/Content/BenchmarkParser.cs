using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads an XCCDF 1.2 benchmark element.</summary>
internal sealed class BenchmarkParser(GuardedXmlReader reader, DataStreamReadOptions options)
{
    private readonly Dictionary<string, Group> _groups = [];
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<string, Rule> _rulesById = [];
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, string> _plainTexts = [];
    private readonly Dictionary<string, string> _referenceNames = [];
    private readonly List<Profile> _profiles = [];
    private readonly List<string> _platforms = [];
    private readonly RuleParser _ruleParser = new(options.FixSystems);
    private string _title = "";
    private string _version = "";

    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public Benchmark Parse(BenchmarkSource source)
    {
        var id = reader.Required("id");
        XmlWalk.Children(reader, Child);
        return new Benchmark
        {
            Id = id,
            Title = _title,
            Version = _version,
            Source = source,
            Platforms = _platforms,
            Profiles = _profiles,
            Groups = _groups,
            Rules = _rules,
            RulesById = _rulesById,
            Values = _values,
            PlainTexts = _plainTexts,
            ReferenceNames = _referenceNames,
        };
    }

    private bool Child(GuardedXmlReader child)
    {
        if (child.NamespaceURI != ScapNames.Xccdf)
        {
            return false;
        }

        switch (child.LocalName)
        {
            case "title":
                _title = First(_title, child);
                return true;
            case "version":
                _version = First(_version, child);
                return true;
            case "platform":
                _platforms.Add(child.Required("idref"));
                return false;
            case "plain-text":
                _plainTexts[child.Required("id")] = XmlWalk.Text(child);
                return true;
            case "reference":
                var href = child.GetAttribute("href") ?? "";
                _referenceNames[href] = XmlWalk.Text(child).Trim();
                return true;
            case "Profile":
                _profiles.Add(ProfileParser.Parse(child));
                return true;
            default:
                return Item(child, null);
        }
    }

    private bool Item(GuardedXmlReader child, Group? parent)
    {
        switch (child.LocalName)
        {
            case "Value":
                Add(_values, ValueParser.Parse(child), static v => v.Id, child);
                return true;
            case "Group":
                ReadGroup(child, parent);
                return true;
            case "Rule":
                var rule = _ruleParser.Parse(child, parent);
                Add(_rulesById, rule, static r => r.Id, child);
                _rules.Add(rule);
                return true;
            default:
                return false;
        }
    }

    private void ReadGroup(GuardedXmlReader child, Group? parent)
    {
        RefuseExtends(child);
        var id = child.Required("id");
        var selected = Flag(child, "selected", true);
        var cluster = child.GetAttribute("cluster-id");
        var platforms = new List<string>();
        var requires = new List<IReadOnlyList<string>>();
        var conflicts = new List<string>();
        var title = "";
        Group? group = null;

        // Properties precede items in a valid file; the group is made when its first item is met.
        Group Made() => group ??= new Group
        {
            Id = id,
            Title = title,
            Parent = parent,
            Selected = selected,
            ClusterId = cluster,
            Platforms = platforms,
            Requires = requires,
            Conflicts = conflicts,
        };
        XmlWalk.Children(child, inner =>
        {
            if (inner.NamespaceURI != ScapNames.Xccdf)
            {
                return false;
            }

            switch (inner.LocalName)
            {
                case "title":
                    title = First(title, inner);
                    return true;
                case "platform":
                    platforms.Add(inner.Required("idref"));
                    return false;
                case "requires":
                    requires.Add(Words(inner.Required("idref")));
                    return false;
                case "conflicts":
                    conflicts.Add(inner.Required("idref"));
                    return false;
                case "Value":
                    return Item(inner, parent);
                default:
                    return Item(inner, Made());
            }
        });
        Add(_groups, Made(), static g => g.Id, child);
    }

    /// <summary>The words of a list attribute.</summary>
    internal static IReadOnlyList<string> Words(string list) =>
        list.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether an attribute says yes; the given value where it is absent.</summary>
    internal static bool Flag(GuardedXmlReader reader, string name, bool absent) => reader.GetAttribute(name) switch
    {
        null => absent,
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw reader.Error($"attribute '{name}' is '{other}', not true or false", "Take the file from its vendor again; it is not valid XCCDF 1.2."),
    };

    /// <summary>Items that extend others exist only in benchmarks that were not resolved.</summary>
    internal static void RefuseExtends(GuardedXmlReader reader)
    {
        if (reader.GetAttribute("extends") is not null)
        {
            throw reader.Error($"<{reader.LocalName}> extends another one", "Resolve the benchmark first: oscap xccdf resolve -o resolved.xml FILE.");
        }
    }

    private static string First(string had, GuardedXmlReader reader)
    {
        var text = XmlWalk.Text(reader).Trim();
        return had.Length > 0 ? had : text;
    }

    private static void Add<T>(Dictionary<string, T> items, T item, Func<T, string> id, GuardedXmlReader reader)
    {
        if (!items.TryAdd(id(item), item))
        {
            throw reader.Error($"id '{id(item)}' occurs twice", "Take the file from its vendor again; ids must be unique.");
        }
    }
}
