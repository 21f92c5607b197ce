using System.Globalization;
using System.Text.RegularExpressions;
using Forge.Core.Errors;

namespace Forge.Core.Prompts;

/// <summary>
/// A prompt in Markdown: <c># system</c> and <c># user</c>, below them sections <c>## name {keep}</c> or <c>## name {priority=3 tokens=800}</c> with places like
/// <c>{{item}}</c>. The last section is the closing directive and must be kept; a section whose places are all empty is left out.
/// </summary>
public sealed partial class PromptTemplate
{
    private readonly IReadOnlyList<PromptSection> _sections;

    private PromptTemplate(IReadOnlyList<PromptSection> sections) => _sections = sections;

    /// <summary>The sections in their order.</summary>
    public IReadOnlyList<PromptSection> Sections => _sections;

    /// <summary>Reads a template.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="places">The places that will be filled in.</param>
    /// <exception cref="ForgeException">Id <c>PromptInvalid</c> with file and line.</exception>
    public static PromptTemplate Parse(string file, string text, IReadOnlyCollection<string> places)
    {
        var sections = new List<PromptSection>();
        bool? system = null;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line is "# system" or "# user")
            {
                system = line == "# system";
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                var body = lines.Skip(at + 1).TakeWhile(l => !l.StartsWith("# ", StringComparison.Ordinal) && !l.StartsWith("## ", StringComparison.Ordinal));
                sections.Add(Read(file, at + 1, line, string.Join('\n', body).Trim(), system ?? throw Fault(file, at + 1, "a section stands before '# system' or '# user'"), places));
            }
        }

        return sections is [.., { Keep: true, IsSystem: false }] ? new PromptTemplate(sections)
            : throw Fault(file, lines.Length, "the last section is the closing directive: it must stand under '# user' and be marked {keep}");
    }

    /// <summary>Fills in and fits into a budget.</summary>
    /// <param name="values">Texts by place.</param>
    /// <param name="mostTokens">Tokens at most, as estimated.</param>
    /// <exception cref="ForgeException">Id <c>PromptTooLarge</c>: what must be kept is too large by itself.</exception>
    public ComposedPrompt Compose(IReadOnlyDictionary<string, string> values, int mostTokens)
    {
        var dropped = new List<string>();
        var parts = new List<(PromptSection Section, string Text)>();
        foreach (var section in _sections)
        {
            var names = Place().Matches(section.Text).Select(m => m.Groups[1].Value).ToList();
            if (names.Count == 0 || names.Any(n => values.GetValueOrDefault(n, "").Length > 0))
            {
                parts.Add((section, Fill(section, values, dropped)));
            }
        }

        while (parts.Sum(p => TokenEstimate.Of(p.Text)) > mostTokens)
        {
            var last = parts.Where(p => !p.Section.Keep).OrderBy(p => p.Section.Priority).LastOrDefault();
            if (last.Section is null)
            {
                throw new ForgeException(
                    "PromptTooLarge",
                    ForgeErrorKind.BadInput,
                    $"What a prompt must keep takes {parts.Sum(p => TokenEstimate.Of(p.Text))} tokens, and the model's context has room for {mostTokens}.",
                    "Give the model a larger context (Add-ForgeModel -ContextTokens), or shorten the sections marked {keep}.");
            }

            parts.Remove(last);
            dropped.Add($"section {last.Section.Name} left out ({TokenEstimate.Of(last.Text)} tokens)");
        }

        return new ComposedPrompt(Join(parts, true), Join(parts, false), dropped);
    }

    private static string Join(IEnumerable<(PromptSection Section, string Text)> parts, bool system) =>
        string.Join("\n\n", parts.Where(p => p.Section.IsSystem == system).Select(p => p.Text));

    private static string Fill(PromptSection section, IReadOnlyDictionary<string, string> values, List<string> dropped)
    {
        // The texts that are filled in are not looked at again: a place within them stays as it is.
        var text = $"## {section.Name}\n{Place().Replace(section.Text, m => values.GetValueOrDefault(m.Groups[1].Value, ""))}";
        if (section.Keep || section.MostTokens == 0 || TokenEstimate.Of(text) <= section.MostTokens)
        {
            return text;
        }

        var cut = TokenEstimate.Cut(text, section.MostTokens);
        dropped.Add($"section {section.Name} cut by {text.Length - cut.Length} characters");
        return $"{cut}\n[cut here: {text.Length - cut.Length} characters]";
    }

    private static PromptSection Read(string file, int line, string heading, string text, bool system, IReadOnlyCollection<string> places)
    {
        var match = Heading().Match(heading);
        if (!match.Success)
        {
            throw Fault(file, line, "a section's heading is '## name {keep}' or '## name {priority=N tokens=N}'");
        }

        if (Place().Matches(text).Select(m => m.Groups[1].Value).FirstOrDefault(n => !places.Contains(n)) is { } unknown)
        {
            throw Fault(file, line, $"there is no place '{{{{{unknown}}}}}'; there are {string.Join(", ", places)}");
        }

        return new PromptSection(match.Groups["name"].Value, text, system, match.Groups["keep"].Success, Number(match, "priority"), Number(match, "tokens"));
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? int.Parse(value, CultureInfo.InvariantCulture) : 0;

    private static ForgeException Fault(string file, int line, string what) =>
        new("PromptInvalid", ForgeErrorKind.BadInput, $"{file}, line {line}: {what}.", "docs/prompts.md describes the format.", file);

    [GeneratedRegex(@"^## (?<name>[^{}]+?) \{(?:(?<keep>keep)|priority=(?<priority>[0-9]{1,3})(?: tokens=(?<tokens>[0-9]{1,6}))?)\}$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\{\{([a-z]+)\}\}")]
    private static partial Regex Place();
}
