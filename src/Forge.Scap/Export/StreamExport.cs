using System.Text.RegularExpressions;
using Forge.Scap.Content;
using Forge.Scap.Derivation;
using Forge.Scap.Profiles;
using Forge.Scap.Remediation;
using Forge.Scap.Slim;

namespace Forge.Scap.Export;

/// <summary>Reads one data stream into records of the training data, with the benchmark's default values, as findings of the loop have them.</summary>
internal static partial class StreamExport
{
    internal const int MostResources = 40;
    private static readonly HashSet<string> FixSystems = [FixRenderer.ShellSystem, ActionDerivation.AnsibleSystem];

    /// <summary>Reads the rules in the order of the document.</summary>
    /// <param name="path">The data stream.</param>
    /// <param name="product">Its product, for example <c>debian12</c>.</param>
    /// <param name="profileRules">Short ids of the profile that the split goes by.</param>
    public static IReadOnlyList<ExportedRule> Read(string path, string product, IReadOnlySet<string> profileRules)
    {
        var benchmark = DataStreamReader.Read(path, new DataStreamReadOptions { FixSystems = FixSystems });
        var profile = ProfileResolver.Resolve(benchmark, null);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var value in profile.Values.Values)
        {
            values[value.Value.Id] = value.Text;
            values.TryAdd(After(value.Value.Id, "_value_"), value.Text);
        }

        OcilQuestions questions;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan))
        {
            questions = OcilQuestions.Read(stream, path);
        }

        var cutter = SlimDataStreamCutter.Open(path);
        return [.. benchmark.Rules.Select(rule => Record(rule, profile, product, questions, values, cutter, profileRules))];
    }

    /// <summary>Short ids of the rules of one profile of a data stream.</summary>
    public static IReadOnlySet<string> RulesOf(string path, string profile) =>
        ProfileResolver.Resolve(DataStreamReader.Read(path, new DataStreamReadOptions { FixSystems = new HashSet<string>() }), profile)
            .Rules.Select(r => After(r.Rule.Id, "_rule_")).ToHashSet(StringComparer.Ordinal);

    private static ExportedRule Record(Rule rule, ResolvedProfile profile, string product, OcilQuestions questions, Dictionary<string, string?> values, SlimDataStreamCutter cutter, IReadOnlySet<string> profileRules)
    {
        var id = After(rule.Id, "_rule_");
        var description = FixRenderer.RenderText(profile, rule.Description);
        var derived = ActionDerivation.Derive(profile, rule);
        if (derived.Action is { } action && TextConflict.Find(description, action) is { } conflict)
        {
            derived = new DerivedAction(null, conflict);
        }

        var check = Tidy(OcilQuestions.Fill(questions.Find(rule) ?? "", name => values.GetValueOrDefault(name)));
        return new ExportedRule
        {
            Id = id,
            Set = Split.Of(id, profileRules.Contains(id)),
            Streams = [product],
            Title = rule.Title,
            Description = description,
            Check = check,
            FixText = string.Join("\n", rule.FixTexts.Select(t => FixRenderer.RenderText(profile, t))),
            Action = derived.Action,
            Actions = derived.Several.Count > 0 ? derived.Several : null,
            Unsaid = derived.Action is { } said ? Wording.Unsaid(rule.Title + "\n" + description, said) : null,
            UnsaidInCheck = derived.Action is { } asked && check.Length > 0 ? Wording.Unsaid(check, asked) : null,
            Why = derived.Why,
            HasFix = rule.Fixes.Count > 0,
            Resources = [.. cutter.Reads(rule).Select(r => r.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostResources)],
        };
    }

    // The content's templates indent the last line of a question and leave empty lines where a condition left something out.
    private static string Tidy(string text) => EmptyLines().Replace(string.Join('\n', text.Split('\n').Select(l => l.Trim())), "\n\n").Trim();

    private static string After(string id, string mark)
    {
        var at = id.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? id : id[(at + mark.Length)..];
    }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
