using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forge.Scap.Content;
using Forge.Scap.Reading;
using Forge.Scap.Slim;

namespace Forge.Scap.Export;

/// <summary>
/// Questions of manual checks (OCIL 2.0, NISTIR 7692): questionnaire, its first test action, that action's question. The content leaves some places for values in
/// the text as escaped elements; they are filled in like real ones.
/// </summary>
internal sealed partial class OcilQuestions
{
    private readonly Dictionary<string, string> _catalog;
    private readonly Dictionary<string, Dictionary<string, string>> _byComponent = new(StringComparer.Ordinal);

    private OcilQuestions(Dictionary<string, string> catalog) => _catalog = catalog;

    /// <summary>Reads all questionnaires of a source data stream; none for a plain benchmark.</summary>
    /// <exception cref="ScapFormatException">The stream is damaged or hostile.</exception>
    public static OcilQuestions Read(Stream stream, string name)
    {
        using var reader = GuardedXmlReader.Open(stream, name, ScapLimits.Default);
        var questions = new OcilQuestions(new Dictionary<string, string>(StringComparer.Ordinal));
        XmlWalk.Children(reader, child => child.NamespaceURI == ScapNames.DataStream && questions.Child(child));
        reader.ReadToEnd();
        return questions;
    }

    /// <summary>The question of a rule's manual check as it is written; null where it has none.</summary>
    public string? Find(Rule rule)
    {
        foreach (var content in rule.Checks.Where(c => c.System == ScapNames.OcilSystem).SelectMany(c => c.Contents))
        {
            if (content.Name is { } name && _catalog.TryGetValue(content.Href, out var component) && _byComponent.TryGetValue(component, out var texts) && texts.TryGetValue(name, out var text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Fills in escaped places for values; one that is unknown shows its name in braces.</summary>
    public static string Fill(string text, Func<string, string?> valueOf) => Place().Replace(text, m => valueOf(m.Groups["id"].Value) ?? "{" + m.Groups["id"].Value + "}");

    private bool Child(GuardedXmlReader child)
    {
        if (child.LocalName == "data-stream")
        {
            foreach (var (name, component) in DataStreamCatalog.Of((XElement)XNode.ReadFrom(child)))
            {
                _catalog.TryAdd(name, component);
            }

            return true;
        }

        if (child.LocalName != "component")
        {
            return false;
        }

        var id = child.Required("id");
        XmlWalk.Children(child, inner =>
        {
            if (inner.NamespaceURI != ScapNames.Ocil || inner.LocalName != "ocil")
            {
                return false;
            }

            _byComponent[id] = Document(inner);
            return true;
        });
        return true;
    }

    private static Dictionary<string, string> Document(GuardedXmlReader reader)
    {
        var actionOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var questionOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var textOf = new Dictionary<string, string>(StringComparer.Ordinal);
        XmlWalk.Children(reader, section =>
        {
            XmlWalk.Children(section, item => Item(item, actionOf, questionOf, textOf));
            return true;
        });
        return actionOf.Where(q => questionOf.TryGetValue(q.Value, out var question) && textOf.ContainsKey(question))
            .ToDictionary(q => q.Key, q => textOf[questionOf[q.Value]], StringComparer.Ordinal);
    }

    private static bool Item(GuardedXmlReader item, Dictionary<string, string> actionOf, Dictionary<string, string> questionOf, Dictionary<string, string> textOf)
    {
        if (item.LocalName == "questionnaire")
        {
            var id = item.Required("id");
            XmlWalk.Children(item, actions => actions.LocalName == "actions" && Each(actions, "test_action_ref", text => actionOf.TryAdd(id, text.Trim())));
            return true;
        }

        if (item.LocalName.EndsWith("_question_test_action", StringComparison.Ordinal))
        {
            questionOf[item.Required("id")] = item.Required("question_ref");
            return false;
        }

        if (item.LocalName.EndsWith("_question", StringComparison.Ordinal))
        {
            var id = item.Required("id");
            return Each(item, "question_text", text => textOf.TryAdd(id, text));
        }

        return false;
    }

    private static bool Each(GuardedXmlReader reader, string name, Action<string> handle)
    {
        XmlWalk.Children(reader, child =>
        {
            if (child.LocalName != name)
            {
                return false;
            }

            handle(XmlWalk.Text(child));
            return true;
        });
        return true;
    }

    [GeneratedRegex(@"<(?:[a-z0-9.-]+:)?sub\s+idref=""(?<id>[^""]+)""(?:\s+use=""[a-z]+"")?\s*/>")]
    private static partial Regex Place();
}
