using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>The flat object of a proposal with places: <c>{group}</c>, <c>{group|filter}</c>, and <c>{group?}</c> where the field is left out without the group.</summary>
/// <param name="fields">Its fields in their order.</param>
internal sealed partial class ActionTemplate(IReadOnlyList<TemplateField> fields)
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<TemplateField> Fields => fields;

    /// <summary>Reads the value of one field.</summary>
    /// <exception cref="ArgumentException">A brace that is no place, or a filter that is not known; the message says which.</exception>
    public static TemplateField ReadField(string key, string value)
    {
        var (texts, places, at) = (new List<string>(), new List<Placeholder>(), 0);
        foreach (Match match in Place().Matches(value))
        {
            texts.Add(value[at..match.Index]);
            places.Add(new Placeholder(match.Groups["group"].Value, [.. match.Groups["filter"].Captures.Select(c => c.Value)], match.Groups["optional"].Success));
            at = match.Index + match.Length;
        }

        texts.Add(value[at..]);
        return texts.Exists(t => t.AsSpan().IndexOfAny('{', '}') >= 0) ? throw new ArgumentException("a brace is not part of a place such as {group}, {group|filter} or {group?}")
            : places.SelectMany(p => p.Filters).FirstOrDefault(f => !ValueFilters.Names.Contains(f)) is { } unknown
                ? throw new ArgumentException($"there is no filter '{unknown}'; there are {string.Join(", ", ValueFilters.Names)}")
                : new TemplateField(key, texts, places);
    }

    /// <summary>The proposal; null where a group that is needed matched nothing or a filter cannot read its value.</summary>
    /// <param name="groups">What each group matched.</param>
    public JsonElement? Fill(IReadOnlyDictionary<string, string> groups)
    {
        var proposal = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field.Places.Any(p => p.Optional && !groups.ContainsKey(p.Group)))
            {
                continue;
            }

            if (Fill(field, groups) is not { } value)
            {
                return null;
            }

            proposal[field.Key] = value;
        }

        return JsonSerializer.SerializeToElement(proposal);
    }

    private static string? Fill(TemplateField field, IReadOnlyDictionary<string, string> groups)
    {
        var text = new StringBuilder(field.Texts[0]);
        for (var i = 0; i < field.Places.Count; i++)
        {
            var value = groups.GetValueOrDefault(field.Places[i].Group);
            foreach (var filter in field.Places[i].Filters)
            {
                value = value is null ? null : ValueFilters.Apply(filter, value);
            }

            if (value is null)
            {
                return null;
            }

            text.Append(value).Append(field.Texts[i + 1]);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{(?<group>[a-z][a-z0-9_]*)(\|(?<filter>[a-z-]+))*(?<optional>\?)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
