using System.Globalization;
using Forge.Scap.Reading;

namespace Forge.Scap.Results;

/// <summary>Reads one test result element.</summary>
internal sealed class TestResultParser(GuardedXmlReader reader)
{
    private const string Again = "Scan again: a result that is not complete is not used.";
    private readonly List<string> _order = [];
    private readonly Dictionary<string, RuleResult> _rules = [];
    private string? _profile;
    private string _benchmark = "";

    /// <summary>Reads the element at which the reader stands; the reader ends behind it.</summary>
    public XccdfResults Parse()
    {
        var id = reader.Required("id");
        var system = reader.GetAttribute("test-system") ?? "";
        var start = Time("start-time");
        var end = Time("end-time") ?? throw reader.Error("the test result has no end time: the scan did not end", Again);
        XmlWalk.Children(reader, child => child.NamespaceURI == ScapNames.Xccdf && Child(child));
        if (_order.Count == 0)
        {
            throw reader.Error("the test result has no rule results", Again);
        }

        return new XccdfResults
        {
            Id = id,
            ProfileId = _profile,
            BenchmarkId = _benchmark,
            TestSystem = system,
            Start = start,
            End = end,
            Rules = _order.ConvertAll(rule => _rules[rule]),
            ByRule = _rules,
        };
    }

    private bool Child(GuardedXmlReader child)
    {
        switch (child.LocalName)
        {
            case "benchmark":
                _benchmark = child.GetAttribute("id") ?? child.GetAttribute("href") ?? "";
                return false;
            case "profile":
                _profile = child.GetAttribute("idref");
                return false;
            case "rule-result":
                Add(RuleResult(child));
                return true;
            default:
                return false;
        }
    }

    private void Add(RuleResult result)
    {
        if (_rules.TryGetValue(result.RuleId, out var before))
        {
            _rules[result.RuleId] = before with
            {
                Outcome = OutcomeTable.And(before.Outcome, result.Outcome),
                Messages = [.. before.Messages, .. result.Messages],
            };
            return;
        }

        _order.Add(result.RuleId);
        _rules.Add(result.RuleId, result);
    }

    private RuleResult RuleResult(GuardedXmlReader element)
    {
        var id = element.Required("idref");
        var time = Time("time");
        RuleOutcome? outcome = null;
        var messages = new List<string>();
        XmlWalk.Children(element, child =>
        {
            if (child.NamespaceURI != ScapNames.Xccdf)
            {
                return false;
            }

            switch (child.LocalName)
            {
                case "result":
                    outcome = OutcomeTable.Parse(XmlWalk.Text(child).Trim())
                        ?? throw child.Error($"rule '{id}' has a result that XCCDF 1.2 does not know", Again);
                    return true;
                case "message":
                    messages.Add(XmlWalk.Text(child).Trim());
                    return true;
                default:
                    return false;
            }
        });
        return new RuleResult(id, outcome ?? throw element.Error($"rule '{id}' has no result", Again), messages, time);
    }

    private DateTimeOffset? Time(string name)
    {
        var text = reader.GetAttribute(name);
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw reader.Error($"attribute '{name}' is '{text}', not a time", Again);
    }
}
