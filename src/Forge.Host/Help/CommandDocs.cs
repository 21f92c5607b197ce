using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Forge.Host.Help;

/// <summary>What the doc comments of commands say: the compiler's documentation file beside their assembly. Empty where there is none.</summary>
internal sealed partial class CommandDocs
{
    private readonly Dictionary<string, XElement> _types = new(StringComparer.Ordinal);

    /// <summary>Reads the files beside assemblies.</summary>
    /// <param name="assemblies">The assemblies; one without a documentation file says nothing.</param>
    internal CommandDocs(IEnumerable<Assembly> assemblies)
    {
        foreach (string file in assemblies.Select(assembly => Path.ChangeExtension(assembly.Location, ".xml")).Where(File.Exists))
        {
            foreach (XElement member in Load(file).Descendants("member"))
            {
                if ((string?)member.Attribute("name") is ['T', ':', ..] name)
                {
                    _types[name[2..]] = member;
                }
            }
        }
    }

    /// <summary>What a command does, in plain words; empty where nothing is said.</summary>
    internal string SummaryOf(Type type) => _types.TryGetValue(type.FullName!, out XElement? member) ? Plain(member.Element("summary")) : "";

    /// <summary>Examples of a command.</summary>
    internal IReadOnlyList<CommandExample> ExamplesOf(Type type) => _types.TryGetValue(type.FullName!, out XElement? member)
        ? [.. member.Elements("example").Select(example => new CommandExample(Plain(example.Element("para")), Code(example.Element("code")?.Value ?? "")))]
        : [];

    private static XDocument Load(string file)
    {
        try
        {
            return XDocument.Load(file);
        }
        catch (XmlException)
        {
            // A file that is cut off is not worth a command that does not run: its help is shorter.
            return new XDocument();
        }
    }

    private static string Code(string text) => string.Join('\n', text.Trim('\r', '\n', ' ').Split('\n').Select(line => line.Trim()));

    // References are said as the last part of the name that they refer to.
    private static string Plain(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        string text = string.Concat(element.Nodes().Select(node => node is XElement { Name.LocalName: "see" or "paramref" } reference
            ? ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1]
            : node is XElement inner ? inner.Value : node is XText plain ? plain.Value : ""));
        return Blanks().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
