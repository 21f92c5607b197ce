using System.Xml.Linq;
using Forge.Core.Findings;

namespace Forge.Scap.Slim;

/// <summary>What OVAL objects read (OVAL 5.11.2, UNIX and Linux component models), by the names that stand in them.</summary>
internal static class OvalReads
{
    /// <summary>Adds what the objects among some items read.</summary>
    public static void Add(IEnumerable<OvalItem> items, HashSet<Resource> resources)
    {
        foreach (var item in items)
        {
            switch (item.Element.Name.LocalName)
            {
                case "dpkginfo_object" or "rpminfo_object":
                    AddName(item.Element, "name", ResourceKind.Package, resources);
                    break;
                case "systemdunitproperty_object" or "systemdunitdependency_object":
                    AddName(item.Element, "unit", ResourceKind.Service, resources);
                    break;
                case "sysctl_object":
                    AddName(item.Element, "name", ResourceKind.Sysctl, resources);
                    break;
                case "password_object":
                    resources.Add(new Resource(ResourceKind.File, "/etc/passwd"));
                    break;
                case "shadow_object":
                    resources.Add(new Resource(ResourceKind.File, "/etc/shadow"));
                    break;
                default:
                    AddName(item.Element, "filepath", ResourceKind.File, resources);
                    AddPath(item.Element, resources);
                    break;
            }
        }
    }

    /// <summary>How many of the objects search whole file systems: downwards without a limit, from the root or from mount points (UNIX component model, FileBehaviors).</summary>
    public static int Walks(IEnumerable<OvalItem> items) => items.Count(i =>
        Child(i.Element, "behaviors") is { } behaviors
        && (string?)behaviors.Attribute("recurse_direction") == "down"
        && (string?)behaviors.Attribute("max_depth") is null or "-1"
        && Child(i.Element, "path") is { } path && (path.Value.Trim() == "/" || path.Attribute("var_ref") is not null));

    private static void AddPath(XElement element, HashSet<Resource> resources)
    {
        var path = Child(element, "path");
        var name = Child(element, "filename");
        if (path is null || name is null)
        {
            return;
        }

        if (IsPlain(path) && IsPlain(name) && name.Value.Length > 0)
        {
            Add(ResourceKind.File, path.Value.TrimEnd('/') + "/" + name.Value, resources);
        }
        else
        {
            AddElement(path, ResourceKind.File, resources);
        }
    }

    private static void AddName(XElement element, string child, ResourceKind kind, HashSet<Resource> resources)
    {
        if (Child(element, child) is { } found)
        {
            AddElement(found, kind, resources);
        }
    }

    private static void AddElement(XElement found, ResourceKind kind, HashSet<Resource> resources)
    {
        if (IsPlain(found))
        {
            Add(kind, found.Value, resources);
        }
        else if (Literal(found.Value) is { Length: > 0 } literal)
        {
            if (kind == ResourceKind.File)
            {
                // A pattern reads within the folder that it begins with; the root folder says nothing.
                var folder = literal[..(literal.LastIndexOf('/') + 1)].TrimEnd('/');
                Add(kind, folder, resources);
            }
            else
            {
                Add(kind, literal, resources);
            }
        }
    }

    private static void Add(ResourceKind kind, string name, HashSet<Resource> resources)
    {
        name = name.Trim();
        if (name.Length > 0 && (kind != ResourceKind.File || name.StartsWith('/')))
        {
            resources.Add(new Resource(kind, name));
        }
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static bool IsPlain(XElement element) =>
        (string?)element.Attribute("operation") is null or "equals" && element.Attribute("var_ref") is null && element.Value.Length > 0;

    /// <summary>The plain beginning of a regular expression that is anchored at its start; for one that is plain to its end, all of it.</summary>
    internal static string Literal(string pattern)
    {
        if (!pattern.StartsWith('^'))
        {
            return "";
        }

        var literal = new System.Text.StringBuilder();
        for (var i = 1; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[i + 1]))
            {
                literal.Append(pattern[++i]);
            }
            else if (c == '|')
            {
                // Another branch begins: nothing before it is sure.
                return "";
            }
            else if (c is '*' or '?' or '{')
            {
                literal.Length -= literal.Length > 0 ? 1 : 0;
                break;
            }
            else if (char.IsLetterOrDigit(c) || c is '/' or '-' or '_' or '@' or ' ')
            {
                literal.Append(c);
            }
            else
            {
                break;
            }
        }

        return pattern.Contains('|', StringComparison.Ordinal) && !pattern.Contains('(', StringComparison.Ordinal) ? "" : literal.ToString();
    }
}
